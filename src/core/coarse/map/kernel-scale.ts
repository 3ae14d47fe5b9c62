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
const TIMES = 2;
/** Of the median squared distance: states that coincide still have neighbours elsewhere. */
const LEAST_WIDTH = 1e-6;

/**
 * Distances in units of those of the tenth neighbours at both ends, d^2 median(rho^2) / (rho_i rho_j), and the scale at which the
 * kernel then reaches near neighbours and little more: in sparse places as in dense ones, so that neither tails nor necks of the
 * data come apart. `widths` are rho / median(rho), `widthOf` that of a state with these squared distances from all (Zelnik-Manor, Perona, Adv. Neural Inf. Process. Syst. 17, 1601 (2004)).
 */
export function selfTuned({ n, squared }: Distances): {
  readonly distances: Distances;
  readonly scale: number;
  readonly widths: Float64Array;
  readonly widthOf: (squared: Float32Array) => number;
} {
  const near = Float64Array.from({ length: n }, (_, i) =>
    neighbourDistance(squared.subarray(i * n, (i + 1) * n)),
  );
  const median = near.toSorted()[n >> 1];
  const width = (rho: number) => Math.sqrt(Math.max(rho / median, LEAST_WIDTH));
  const widths = near.map(width);
  const out = new Float32Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) out[i * n + j] = squared[i * n + j] / (widths[i] * widths[j]);
  return {
    distances: { n, squared: out },
    scale: TIMES * median,
    widths,
    widthOf: (row) => width(neighbourDistance(row)),
  };
}

/** The point itself is the first of its neighbours. */
function neighbourDistance(row: Float32Array): number {
  const nearest = new Float64Array(Math.min(row.length, NEIGHBOUR + 1)).fill(Number.POSITIVE_INFINITY);
  for (const d of row) {
    if (d >= nearest[nearest.length - 1]) continue;
    let k = nearest.length - 1;
    for (; k > 0 && nearest[k - 1] > d; k--) nearest[k] = nearest[k - 1];
    nearest[k] = d;
  }
  return nearest[nearest.length - 1];
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
