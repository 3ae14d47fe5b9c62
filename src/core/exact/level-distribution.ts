/**
 * The distribution of the states on a level set of a collective variable that is no coordinate: p(x | cv(x) = z) in the sense of
 * delta(cv(x) - z).
 */

import type { WeightedStates } from '../generative/conditioning/states-denoiser.ts';
import { Problem } from '../message.ts';
import { NUMBERS_PER_BLOCK, type RandomStream } from '../numerics/random.ts';
import type { ConditionalDistribution } from '../numerics/results.ts';
import { linspace, type Points } from '../numerics/results.ts';
import type { Setting } from '../systems/model.ts';
import { type Density, spacing } from './density.ts';
import { type Crossings, LevelSets, sharesOf } from './level-set.ts';
import { message } from './messages.ts';
import { ontoLevel } from './onto-level.ts';

/** Points where the level set is more slanted against the lines count next to nothing. */
const MOST_SLANT = 4;
/** Mean square of the slope of the level set against the lines above which its folds would show in the density. */
const STEEP = 50;
/** Share of the weight below which a point of the level set does not count. */
const NEGLIGIBLE = 1e-9;
/** Nodes of the density of a level set that folds back. */
const COARSE_NODES = 161;

/** A point of the level set, what it counts, and how far its neighbours are along the stated coordinate. */
interface LevelPoint {
  readonly at: readonly [number, number];
  readonly weight: number;
  /** Coordinate along which the next line is, and its distance. */
  readonly across: 0 | 1;
  readonly reach: number;
  /** How far the level set moves along the lines from one to the next, over their distance. */
  readonly slant: number;
}

export class LevelDistribution {
  /** The distribution of the coordinate along which the level set turns back least. */
  readonly distribution: ConditionalDistribution;
  private readonly points: readonly LevelPoint[];
  private readonly sums: Float64Array;

  /** @throws Error where no state within reach has this value of the cv */
  constructor(
    private readonly setting: Setting,
    density: Density,
    private readonly at: number,
  ) {
    const sets = new LevelSets(setting, density);
    const crossings = [sets.crossings(at, 0), sets.crossings(at, 1)] as const;
    this.points = crossings.flatMap((found, d) => pointsOf(found, d as 0 | 1, density));
    let total = 0;
    this.sums = Float64Array.from(this.points, ({ weight }) => {
      total += weight;
      return total;
    });
    if (!(total > 0))
      throw new Problem(message('no-state-at-value', { at: [{ cv: setting.cv.label, value: at }] }));
    this.distribution = this.lawOf(crossings, density);
  }

  /** Independent states of the level set: a point where it meets a line of the grid, moved along the level at random. */
  sample(count: number, stream: RandomStream): Points {
    const u = new Float64Array(NUMBERS_PER_BLOCK);
    const q = new Float64Array(2 * count);
    for (let n = 0; n < count; n++) {
      stream.uniforms(n, 0, u);
      place(q, n, this.points[this.pick(u[0])], u[1]);
    }
    this.ontoLevel(q);
    return { dimension: 2, values: Float32Array.from(q, (_, i) => q[(i % 2) * count + Math.floor(i / 2)]) };
  }

  /**
   * Weighted states of the level set, no further apart along each coordinate than `spacings`. What has less than 1e-9 of
   * the weight is left out.
   */
  quadrature(spacings: readonly number[]): WeightedStates {
    const least = NEGLIGIBLE * this.sums[this.sums.length - 1];
    const stretches = this.points
      .filter(({ weight }) => weight > least)
      .map((point) => ({ point, parts: Math.ceil(point.reach / spacings[point.across]) }));
    const count = stretches.reduce((sum, { parts }) => sum + parts, 0);
    const q = new Float64Array(2 * count);
    const weights = new Float64Array(count);
    let n = 0;
    for (const { point, parts } of stretches)
      for (let part = 0; part < parts; part++) {
        weights[n] = point.weight / parts;
        place(q, n++, point, (part + 0.5) / parts);
      }
    this.ontoLevel(q);
    const values = Float64Array.from(q, (_, i) => q[(i % 2) * count + Math.floor(i / 2)]);
    return { dimension: 2, values, weights };
  }

  private pick(u: number): number {
    const target = u * this.sums[this.sums.length - 1];
    let [low, high] = [0, this.sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sums[middle] < target) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private ontoLevel(q: Float64Array): void {
    ontoLevel(this.setting.model, this.setting.cv, q, () => this.at);
  }

  private lawOf(crossings: readonly [Crossings, Crossings], density: Density): ConditionalDistribution {
    const steepness = crossings.map((_, d) => steepnessAlong(crossings, d as 0 | 1, density));
    const solved = steepness[0] <= steepness[1] ? 0 : 1;
    const stated = solved === 0 ? 1 : 0;
    const axis = density.axes[stated];
    const folded = !(steepness[solved] < STEEP);
    const x = folded ? linspace(axis[0], axis[axis.length - 1], COARSE_NODES) : axis.slice();
    const raw = folded ? this.deposited(stated, x) : onLines(crossings[solved], stated, x);
    const h = spacing(x);
    const total = h * raw.reduce((a, b) => a + b, 0);
    const values = raw.map((v) => v / total);
    const coordinate = this.setting.model.system.coordinates[stated];
    // Sharing points out between nodes widens the density by h^2 / 6: moments are those of the points themselves, but
    // for the points without weight, which may lie nowhere.
    const points = this.points.filter(({ weight }) => weight > 0);
    const places = folded ? points.map(({ at }) => at[stated]) : x;
    const weights = folded ? points.map(({ weight }) => weight) : values;
    return { at: this.at, coordinate, x, density: values, ...momentsOf(places, weights) };
  }

  /** Weight of the points between the nodes of a coordinate, shared among both. */
  private deposited(stated: 0 | 1, x: Float64Array): Float64Array {
    const out = new Float64Array(x.length);
    for (const { at, weight } of this.points) {
      const place = (at[stated] - x[0]) / spacing(x);
      const node = Math.min(x.length - 2, Math.max(0, Math.floor(place)));
      out[node] += weight * (1 - (place - node));
      out[node + 1] += weight * (place - node);
    }
    return out;
  }
}

function momentsOf(places: ArrayLike<number>, weights: ArrayLike<number>) {
  let [total, mean, variance] = [0, 0, 0];
  for (let i = 0; i < places.length; i++) {
    total += weights[i];
    mean += weights[i] * places[i];
  }
  mean /= total;
  for (let i = 0; i < places.length; i++) variance += weights[i] * (places[i] - mean) ** 2;
  return { mean, variance: variance / total };
}

function pointsOf(found: Crossings, d: 0 | 1, density: Density): LevelPoint[] {
  const across = d === 0 ? 1 : 0;
  const reach = spacing(density.axes[across]);
  const count = found.boltzmann.length;
  return Array.from(sharesOf(found), (share, k) => ({
    at: [found.q[k], found.q[count + k]] as const,
    weight: share * reach,
    across,
    reach,
    slant: Math.max(-MOST_SLANT, Math.min(MOST_SLANT, -found.across[k] / found.along[k])),
  }));
}

/** State `n` of `q`, along the tangent of the level set at the share `u` of the stretch of a point. */
function place(q: Float64Array, n: number, { at, across, reach, slant }: LevelPoint, u: number): void {
  const count = q.length / 2;
  const offset = (u - 0.5) * reach;
  q[across * count + n] = at[across] + offset;
  q[(1 - across) * count + n] = at[1 - across] + slant * offset;
}

/** Density at the nodes of the stated coordinate: what the lines through them cross, over the slope along them. */
function onLines(found: Crossings, stated: 0 | 1, x: Float64Array): Float64Array {
  const out = new Float64Array(x.length);
  const count = found.boltzmann.length;
  found.boltzmann.forEach((p, k) => {
    const term = p / Math.abs(found.along[k]);
    if (Number.isFinite(term)) out[Math.round((found.q[stated * count + k] - x[0]) / spacing(x))] += term;
  });
  return out;
}

/** Mean over the level set of (slope across / slope along)^2: infinite where lines along `d` touch it. */
function steepnessAlong(crossings: readonly [Crossings, Crossings], d: 0 | 1, density: Density): number {
  let [total, sum] = [0, 0];
  crossings.forEach((found, direction) => {
    sharesOf(found).forEach((share, k) => {
      const weight = share * spacing(density.axes[1 - direction]);
      const ratio = direction === d ? found.across[k] / found.along[k] : found.along[k] / found.across[k];
      total += weight;
      sum += weight * Math.min(ratio * ratio, 1e9);
    });
  });
  return sum / total;
}
