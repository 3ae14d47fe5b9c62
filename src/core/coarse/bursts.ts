/** Short bursts of the full system from values of the slow variable, and the moments of what they show at each lag. */
import { periodOf, shortest } from '../bias.ts';
import type { Moments } from './coarse-equation.ts';
import type { BurstMoments } from './effective.ts';
import type { Walkers } from './micro.ts';

/** Independent groups of bursts, for error bars. */
export const GROUPS = 8;

/**
 * Sums over bursts, at lag `frame * interval`, of a value and a group of bursts from it. Bursts of value v are walkers
 * v * each .. (v + 1) * each - 1; burst n is in group n % GROUPS.
 */
export class BurstRecord {
  /** Sums of the distance of the slow variable from the value, of its square, and of the time integral of its mean rate. */
  private readonly sums: Float64Array[] = [];

  constructor(
    readonly values: Float64Array,
    readonly each: number,
    /** Physical time between two frames. */
    readonly interval: number,
  ) {}

  get frames(): number {
    return this.sums.length;
  }

  add(distance: Float64Array, integral: Float64Array): void {
    const out = new Float64Array(3 * this.values.length * GROUPS);
    distance.forEach((x, w) => {
      const place = 3 * (Math.floor(w / this.each) * GROUPS + ((w % this.each) % GROUPS));
      out[place] += x;
      out[place + 1] += x * x;
      out[place + 2] += integral[w];
    });
    this.sums.push(out);
  }

  /** Moments between two frames. @param groups which groups of bursts  @param byForce the mean from the rates instead of displacements */
  between(first: number, last: number, groups: readonly number[], byForce: boolean): BurstMoments {
    const at = (frame: number) => Array.from(this.values, (z, v) => this.moments(frame, v, z, groups));
    const [from, to] = [at(first), at(last)];
    const driven = from.map(({ mean, integral }, v) => ({
      mean: mean + to[v].integral - integral,
      variance: to[v].variance,
    }));
    return {
      values: this.values,
      from,
      to: byForce ? driven : to,
      duration: (last - first) * this.interval,
    };
  }

  private moments(
    frame: number,
    value: number,
    z: number,
    groups: readonly number[],
  ): Moments & { readonly integral: number } {
    const sums = this.sums[frame];
    const count = (groups.length * this.each) / GROUPS;
    let [sum, square, integral] = [0, 0, 0];
    for (const group of groups) {
      const place = 3 * (value * GROUPS + group);
      sum += sums[place];
      square += sums[place + 1];
      integral += sums[place + 2];
    }
    const mean = sum / count;
    const variance = Math.max(0, (square - count * mean * mean) / (count - 1));
    return { mean: z + mean, variance, integral: integral / count };
  }
}

export const ALL_GROUPS: readonly number[] = Array.from({ length: GROUPS }, (_, g) => g);

/** Lets walkers go and records them, from lag 0 on. @param every steps between two frames */
export function* burst(
  walkers: Walkers,
  record: BurstRecord,
  { frames, every }: { readonly frames: number; readonly every: number },
): Generator<void, void, void> {
  const integral = new Float64Array(walkers.count);
  const period = periodOf(walkers.cvSpec);
  const distances = () =>
    walkers.cv().map((value, w) => shortest(value - record.values[Math.floor(w / record.each)], period));
  let before = walkers.rates().slice();
  record.add(distances(), integral);
  for (let frame = 1; frame <= frames; frame++) {
    if (walkers.advance(every) < every) return;
    const now = walkers.rates();
    for (let w = 0; w < integral.length; w++) integral[w] += (record.interval / 2) * (before[w] + now[w]);
    before = now.slice();
    record.add(distances(), integral);
    yield;
  }
}
