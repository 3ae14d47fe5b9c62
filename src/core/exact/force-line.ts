/** A line through the wells, and the force along it: what the score of the data is, times kT. */
import type { Points } from '../numerics/results.ts';
import type { SystemModel } from '../systems/model.ts';
import type { ResolvedSystem } from '../systems/resolved.ts';

/** How far the line reaches beyond the wells, as a share of the distance between them. */
const BEYOND = 0.4;
/** Length of the line through a single well, as a share of the domain. */
const ALONE = 0.8;

export interface Line {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/**
 * Through the two deepest of the stated minima, in the order in which they are stated, and beyond as far as the domain goes; along the
 * first coordinate where there is one minimum at most.
 */
export function lineThroughWells({ domain, facts: { minima } }: ResolvedSystem): Line {
  const middle = domain.map(([low, high]) => (low + high) / 2);
  const depths = minima.map(({ energy }) => energy).sort((u, v) => u - v);
  const deepest = minima.filter(({ energy }) => energy <= (depths[1] ?? depths[0])).slice(0, 2);
  const [a, b] = [deepest.at(0)?.at ?? middle, deepest.at(-1)?.at ?? middle];
  const apart = a.some((value, d) => value !== b[d]);
  const along = apart
    ? a.map((value, d) => b[d] - value)
    : domain.map(([low, high], d) => (d === 0 ? high - low : 0));
  const beyond = apart ? BEYOND : ALONE / 2;
  const limit = (end: readonly number[], sign: number) =>
    Math.min(beyond, ...domain.map((range, d) => reach(end[d], sign * along[d], range)));
  const [before, after] = [limit(a, -1), limit(b, 1)];
  return {
    from: a.map((value, d) => value - before * along[d]),
    to: b.map((value, d) => value + after * along[d]),
  };
}

/** Share of `step` that can be gone from `at` within the range. */
function reach(at: number, step: number, [low, high]: readonly [number, number]): number {
  if (step === 0) return Number.POSITIVE_INFINITY;
  return Math.max(0, ((step > 0 ? high : low) - at) / step);
}

/** `count` states on the line, both ends included. */
export function statesOn({ from, to }: Line, count: number): Points {
  const dimension = from.length;
  const values = new Float32Array(count * dimension);
  for (let n = 0; n < count; n++)
    for (let d = 0; d < dimension; d++)
      values[n * dimension + d] = from[d] + ((to[d] - from[d]) * n) / (count - 1);
  return { dimension, values };
}

/** Unit vector along the line, in the units of the coordinates. */
export function directionOf({ from, to }: Line): number[] {
  const length = Math.hypot(...from.map((value, d) => to[d] - value));
  return from.map((value, d) => (to[d] - value) / length);
}

/** Component along `direction` of vectors, row by row. */
export function componentAlong({ dimension, values }: Points, direction: readonly number[]): Float64Array {
  return Float64Array.from({ length: values.length / dimension }, (_, n) =>
    direction.reduce((sum, u, d) => sum + u * values[n * dimension + d], 0),
  );
}

/** -grad U / kT at each state: the score of the density exp(-U / kT). */
export function forceOverKT(model: SystemModel, kT: number, { dimension, values }: Points): Points {
  const count = values.length / dimension;
  const q = Float64Array.from(values, (_, i) => values[(i % count) * dimension + Math.floor(i / count)]);
  const gradient = new Float64Array(values.length);
  model.gradient(q, count, gradient);
  const force = values.map((_, i) => -gradient[(i % dimension) * count + Math.floor(i / dimension)] / kT);
  return { dimension, values: force };
}

/**
 * Score at each state from the denoising displacement D - x there: (D - x) / (sigma s)^2, with s the standard deviation of
 * each coordinate, per unit of the coordinates.
 */
export function scoreOf(displacement: Points, sigma: number, deviation: readonly number[]): Points {
  const { dimension, values } = displacement;
  return { dimension, values: values.map((v, i) => v / (sigma * deviation[i % dimension]) ** 2) };
}

/** Error of a score: root mean square over the states, of the score in units of the deviations, beside the size of the right one. */
export interface ScoreError {
  readonly error: number;
  readonly size: number;
}

/**
 * @param deviation makes the coordinates comparable: components are multiplied by it
 * @param weights of the states, not negative; equal when absent. Where a weight is 0 the scores may be anything.
 */
export function scoreError(
  score: Points,
  right: Points,
  deviation: readonly number[],
  weights?: ArrayLike<number>,
): ScoreError {
  const { dimension, values } = right;
  let [error, size, total] = [0, 0, 0];
  for (const [i, value] of values.entries()) {
    const [row, d] = [Math.floor(i / dimension), i % dimension];
    const weight = weights ? weights[row] : 1;
    if (weight === 0) continue;
    if (d === 0) total += weight;
    error += weight * (deviation[d] * (score.values[i] - value)) ** 2;
    size += weight * (deviation[d] * value) ** 2;
  }
  return { error: Math.sqrt(error / total), size: Math.sqrt(size / total) };
}
