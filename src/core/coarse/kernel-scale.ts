/** How wide the kernel of a diffusion map should be. */
import type { Distances } from './diffusion-map.ts';

export interface KernelScale {
  /** Where log(sum of K) rises fastest with log(scale). */
  readonly scale: number;
  /** Twice the slope there: the dimension of the data. */
  readonly dimension: number;
  /** The curve behind it. */
  readonly scales: Float64Array;
  readonly slopes: Float64Array;
}

const SCALES = 41;
/** Rows that are summed; the slope needs no more. */
const MOST_ROWS = 400;

/**
 * The usual criterion: the scale at which d log S / d log(scale) is largest, S the sum of exp(-d^2 / scale) over all pairs
 * (Berry, Giannakis, Harlim, Phys. Rev. E 91, 032915 (2015), section 3).
 */
export function kernelScale({ n, squared }: Distances): KernelScale {
  const step = Math.max(1, Math.floor(n / MOST_ROWS));
  const rows = Array.from({ length: Math.ceil(n / step) }, (_, k) => k * step);
  const typical = rows.reduce(
    (sum, i) => sum + squared.subarray(i * n, (i + 1) * n).reduce((a, b) => a + b, 0),
    0,
  );
  const mean = typical / (rows.length * n);
  const scales = Float64Array.from({ length: SCALES }, (_, k) => mean * 10 ** (-5 + (6 * k) / (SCALES - 1)));
  const slopes = scales.map((scale) => slopeAt(squared, n, rows, scale));
  const best = slopes.reduce((top, slope, k) => (slope > slopes[top] ? k : top), 0);
  return { scale: scales[best], dimension: 2 * slopes[best], scales, slopes };
}

/** Neighbour whose distance counts as near, and how many times its square the scale is. */
const NEIGHBOUR = 10;
const TIMES = 16;

/**
 * A scale at which points reach their near neighbours and little more: sixteen times the median squared distance of the tenth
 * neighbour. For distances that hold only between near states, as Mahalanobis distances do.
 */
export function neighbourScale({ n, squared }: Distances): number {
  const step = Math.max(1, Math.floor(n / MOST_ROWS));
  const near: number[] = [];
  for (let i = 0; i < n; i += step) {
    const row = squared.slice(i * n, (i + 1) * n).sort();
    near.push(row[Math.min(n - 1, NEIGHBOUR)]);
  }
  near.sort((a, b) => a - b);
  return TIMES * near[near.length >> 1];
}

/** d log S / d log(scale) = sum of K d^2 / scale over sum of K. */
function slopeAt(squared: Float32Array, n: number, rows: readonly number[], scale: number): number {
  let [sum, weighted] = [0, 0];
  for (const i of rows)
    for (let j = 0; j < n; j++) {
      const u = squared[i * n + j] / scale;
      const k = Math.exp(-u);
      sum += k;
      weighted += k * u;
    }
  return weighted / sum;
}
