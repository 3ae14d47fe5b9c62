/**
 * Integrals over the level sets of a collective variable that is no coordinate: of delta(cv - z) p over the plane. Each
 * level set is met by the lines of the grid in both directions; shares w_x + w_y = 1 of each crossing make the two sums one
 * integral. The share of a direction vanishes with a high power of the slope along it, so that the integrand w_d / |slope|
 * stays smooth where lines touch the level set.
 */

import { nodesOf } from '../systems/energy-surface.ts';
import type { Setting } from '../systems/model.ts';
import { type Density, spacing } from './density.ts';

const NEWTON_STEPS = 4;
/** Power of the slope with which shares vanish. */
const POWER = 8;

/** The integral of delta(cv - z) p at every z, p the normalised density. */
export function levelIntegrals(setting: Setting, density: Density, z: Float64Array): Float64Array {
  const lines = new LevelSets(setting, density);
  return z.map((level) =>
    ([0, 1] as const).reduce<number>((sum, d) => {
      const terms = sharesOf(lines.crossings(level, d));
      return sum + spacing(density.axes[1 - d]) * terms.reduce((a, b) => a + b, 0);
    }, 0),
  );
}

/** What each crossing adds to the integral of delta(cv - z) p, over the spacing of the lines. */
export function sharesOf({ boltzmann, along, across }: Crossings): Float64Array {
  return boltzmann.map((p, k) => {
    const term = p / (1 + (across[k] / along[k]) ** POWER) / Math.abs(along[k]);
    // A line that touches the level, or meets a point where the cv has no slope (the centre of an angle), adds nothing.
    return Number.isFinite(term) ? term : 0;
  });
}

/** Where the lines of a grid along one coordinate meet a level set. */
export interface Crossings {
  /** Points, one coordinate after the other. */
  readonly q: Float64Array;
  /** Normalised density there. */
  readonly boltzmann: Float64Array;
  /** Slope of the cv along the lines, and across them. */
  readonly along: Float64Array;
  readonly across: Float64Array;
}

interface CvOnGrid {
  readonly cv: string;
  /** The table that it looks up, if it is a learned one. */
  readonly table: Float64Array | undefined;
  readonly values: Float64Array;
}

/** Distributions at many levels have the same grid; the last cv on it is kept. */
const lastOn = new WeakMap<Density, CvOnGrid>();

function valuesOn({ model, cv }: Setting, density: Density): Float64Array {
  const table = model.graph.tables[cv.value];
  const last = lastOn.get(density);
  if (last?.cv === cv.value && last.table === table) return last.values;
  const values = new Float64Array(density.values.length);
  model.observable(cv.value).evaluate(nodesOf(density.axes), values.length, values);
  lastOn.set(density, { cv: cv.value, table, values });
  return values;
}

/** The level sets of the cv of a setting, on the grid of its density. */
export class LevelSets {
  private readonly values: Float64Array;
  private readonly period: number;

  constructor(
    private readonly setting: Setting,
    private readonly density: Density,
  ) {
    const { cv } = setting;
    this.period = cv.periodic ? cv.range[1] - cv.range[0] : Number.POSITIVE_INFINITY;
    this.values = valuesOn(setting, density);
  }

  /** Crossings of the level `cv = level` with the lines along coordinate `d`, moved onto the level by Newton's method. */
  crossings(level: number, d: 0 | 1): Crossings {
    const { model, kT, cv } = this.setting;
    const q = this.bracketed(level, d);
    const count = q.length / 2;
    const program = model.withGradient(cv.value);
    const out = new Float64Array(3 * count);
    for (let step = 0; step <= NEWTON_STEPS; step++) {
      program.evaluate(q, count, out);
      if (step === NEWTON_STEPS) break;
      for (let k = 0; k < count; k++)
        q[d * count + k] -= this.distance(out[k], level) / out[(1 + d) * count + k];
    }
    const boltzmann = new Float64Array(count);
    model.energy(q, count, boltzmann);
    return {
      q,
      boltzmann: boltzmann.map((energy) => Math.exp(-energy / kT - this.density.logPartition)),
      along: out.slice((1 + d) * count, (2 + d) * count),
      across: out.slice((2 - d) * count, (3 - d) * count),
    };
  }

  /** Distance from a level, within half a period. */
  private distance(value: number, level: number): number {
    const away = value - level;
    return Number.isFinite(this.period) ? away - this.period * Math.round(away / this.period) : away;
  }

  /** Where the lines along coordinate `d` cross the level, to first order: points one coordinate after the other. */
  private bracketed(level: number, d: 0 | 1): Float64Array {
    const { values, period } = this;
    const [xs, ys] = this.density.axes;
    const [nx, stride] = [xs.length, d === 0 ? 1 : xs.length];
    const [px, py]: [number[], number[]] = [[], []];
    for (let k = 0; k + stride < values.length; k++) {
      if (d === 0 && k % nx === nx - 1) continue;
      const [a, b] = [this.distance(values[k], level), this.distance(values[k + stride], level)];
      if (a < 0 === b < 0 || Math.abs(b - a) > period / 2) continue;
      const [x, y] = [xs[k % nx], ys[Math.floor(k / nx)]];
      const along = a / (a - b);
      px.push(d === 0 ? x + along * spacing(xs) : x);
      py.push(d === 1 ? y + along * spacing(ys) : y);
    }
    return Float64Array.of(...px, ...py);
  }
}
