/** Short bursts of the full system from values of the slow variable, and the moments of what they show at each lag. */
import { periodOf, shortest } from '../../dynamics/bias-term.ts';
import { solveSemidefinite } from '../../numerics/semidefinite.ts';
import type { Moments } from '../equation/coarse-equation.ts';
import type { FullSystem, Walkers } from '../lifting/full-system.ts';
import type { BurstMoments } from './effective.ts';
import type { Martingales } from './martingales.ts';

/** Independent groups of bursts, for error bars. */
export const GROUPS = 8;

/** How the mean of a burst is read off it. */
export type Estimator = 'controlled' | 'force' | 'displacement';

/** What bursts show at one lag. */
export interface Seen {
  /** Distance of the slow variable from its value. */
  readonly distance: Float64Array;
  /** What noise alone did to each function of `Martingales`, `[function * bursts + burst]`. */
  readonly noise: Float64Array;
  /** Strength of the noise of each pair of them, integrated over the burst, in the same layout. */
  readonly strength: Float64Array;
}

/**
 * Sums over bursts, at lag `frame * interval`, of a value and a group of bursts from it. Bursts of value v are walkers
 * v * each .. (v + 1) * each - 1; burst n is in group n % GROUPS.
 *
 * Of `n` bursts with distances x and noise m the mean of x - beta m and the variance of x plus beta (C - S) beta are known better than
 * those of x alone, for any beta: m has mean 0 and the covariance C, which is known, and shows S. beta is that of the regression of x on m.
 */
export class BurstRecord {
  /** Of each frame, value and group: x, x x, then every m_k, x m_k, m_k m_l and strength. */
  private readonly sums: Float64Array[] = [];
  private readonly slopes = new Map<number, Float64Array>();
  private readonly width: number;

  constructor(
    readonly values: Float64Array,
    readonly each: number,
    /** Physical time between two frames. */
    readonly interval: number,
    private readonly martingales: Pick<Martingales, 'size' | 'pairs'>,
  ) {
    this.width = 2 + 2 * martingales.size + 2 * martingales.pairs.length;
  }

  get frames(): number {
    return this.sums.length;
  }

  add({ distance, noise, strength }: Seen): void {
    const { width, each } = this;
    const { size, pairs } = this.martingales;
    const count = distance.length;
    const out = new Float64Array(width * this.values.length * GROUPS);
    for (let w = 0; w < count; w++) {
      let place = width * (Math.floor(w / each) * GROUPS + ((w % each) % GROUPS));
      const x = distance[w];
      out[place++] += x;
      out[place++] += x * x;
      for (let k = 0; k < size; k++) out[place++] += noise[k * count + w];
      for (let k = 0; k < size; k++) out[place++] += x * noise[k * count + w];
      for (const [k, l] of pairs) out[place++] += noise[k * count + w] * noise[l * count + w];
      for (let p = 0; p < pairs.length; p++) out[place++] += strength[p * count + w];
    }
    this.sums.push(out);
  }

  /** Moments between two frames. @param groups which groups of bursts */
  between(first: number, last: number, groups: readonly number[], estimator: Estimator): BurstMoments {
    const at = (frame: number) =>
      Array.from(this.values, (_, v) => this.moments(frame, v, groups, estimator));
    return { values: this.values, from: at(first), to: at(last), duration: (last - first) * this.interval };
  }

  private moments(frame: number, value: number, groups: readonly number[], estimator: Estimator): Moments {
    const found = this.statistics(frame, value, groups);
    const { mean, variance, noise } = found;
    const z = this.values[value];
    if (estimator === 'displacement') return { mean: z + mean, variance };
    if (estimator === 'force') return { mean: z + mean - noise[0], variance };
    const beta = this.slopesOf(frame, value);
    const size = beta.length;
    const shift = beta.reduce((sum, b, k) => sum + b * noise[k], 0);
    let known = 0;
    for (let k = 0; k < size; k++)
      for (let l = 0; l < size; l++)
        known += beta[k] * beta[l] * (found.strength[k * size + l] - found.covariance[k * size + l]);
    return { mean: z + mean - shift, variance: Math.max(0, variance + known) };
  }

  /** Regression of the distance on the noise over all bursts from a value. Functions without noise have the slope 0. */
  private slopesOf(frame: number, value: number): Float64Array {
    const key = frame * this.values.length + value;
    const before = this.slopes.get(key);
    if (before) return before;
    const { covariance, strength, cross } = this.statistics(frame, value, ALL_GROUPS);
    const size = cross.length;
    const still = (k: number) => !(strength[k * size + k] > 0);
    const matrix = covariance.map((c, i) => (still(i % size) || still(Math.floor(i / size)) ? 0 : c));
    const { x } = solveSemidefinite(
      matrix,
      cross.map((c, k) => (still(k) ? 0 : c)),
    );
    this.slopes.set(key, x);
    return x;
  }

  private statistics(frame: number, value: number, groups: readonly number[]): Statistics {
    const { width } = this;
    const { size, pairs } = this.martingales;
    const total = new Float64Array(width);
    for (const group of groups) {
      const place = width * (value * GROUPS + group);
      for (let i = 0; i < width; i++) total[i] += this.sums[frame][place + i];
    }
    const count = (groups.length * this.each) / GROUPS;
    const centred = (product: number, a: number, b: number) => (product - (a * b) / count) / (count - 1);
    const noise = total.slice(2, 2 + size);
    const square = (at: (pair: number, k: number, l: number) => number) => {
      const out = new Float64Array(size * size);
      pairs.forEach(([k, l], pair) => {
        out[k * size + l] = at(pair, k, l);
        out[l * size + k] = out[k * size + l];
      });
      return out;
    };
    const [products, strengths] = [2 + 2 * size, 2 + 2 * size + pairs.length];
    return {
      mean: total[0] / count,
      variance: Math.max(0, centred(total[1], total[0], total[0])),
      noise: noise.map((sum) => sum / count),
      cross: noise.map((sum, k) => centred(total[2 + size + k], total[0], sum)),
      covariance: square((pair, k, l) => centred(total[products + pair], noise[k], noise[l])),
      strength: square((pair) => total[strengths + pair] / count),
    };
  }
}

/** Of the distances and of the noise; `covariance` is seen, `strength` expected. */
interface Statistics {
  readonly mean: number;
  readonly variance: number;
  readonly noise: Float64Array;
  readonly cross: Float64Array;
  readonly covariance: Float64Array;
  readonly strength: Float64Array;
}

export const ALL_GROUPS: readonly number[] = Array.from({ length: GROUPS }, (_, g) => g);

/** Lets walkers go and records them, from lag 0 on. @param every steps between two frames */
export function* burst(
  walkers: Walkers,
  { martingales }: FullSystem,
  record: BurstRecord,
  { frames, every }: { readonly frames: number; readonly every: number },
): Generator<void, void, void> {
  const { count } = walkers;
  const period = periodOf(walkers.cvSpec);
  const begin = martingales.values(walkers.states(), count);
  let before = martingales.rates(walkers.states(), count);
  const integral = new Float64Array(before.length);
  const distances = () =>
    walkers.cv().map((value, w) => shortest(value - record.values[Math.floor(w / record.each)], period));
  const look = () => {
    const states = walkers.states();
    const now = martingales.rates(states, count);
    for (let i = 0; i < integral.length; i++) integral[i] += (record.interval / 2) * (before[i] + now[i]);
    before = now;
    const noise = martingales.values(states, count);
    for (let i = 0; i < noise.length; i++) {
      const moved = noise[i] - begin[i];
      noise[i] = (i < count ? shortest(moved, period) : moved) - integral[i];
    }
    record.add({ distance: distances(), noise, strength: integral.subarray(martingales.size * count) });
  };
  record.add({
    distance: distances(),
    noise: new Float64Array(begin.length),
    strength: integral.subarray(martingales.size * count),
  });
  for (let frame = 1; frame <= frames; frame++) {
    if (walkers.advance(every) < every) return;
    look();
    yield;
  }
}
