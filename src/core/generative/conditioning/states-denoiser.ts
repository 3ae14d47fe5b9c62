/** The exact denoiser of weighted points: what quadrature over a level set and data near a value of a cv have in common. */
import type { Denoiser } from '../contract.ts';

/** Weighted points in standardised coordinates, row by row: the distribution sum of weight * delta(x - point). */
export interface WeightedStates {
  readonly dimension: number;
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/** Points within a cell of this share of the noise (of noise 1, where it is larger) are replaced by their centre. */
const CELL = 1 / 16;
/** Terms below exp(-CUT) of the largest are left out. */
const CUT = 30;

/** Points that the noise cannot tell apart, put together, in the order of one coordinate. */
interface Condensed {
  readonly values: Float64Array;
  readonly logWeights: Float64Array;
  readonly largestLogWeight: number;
  /** The coordinate by which they are ordered. */
  readonly order: number;
}

/**
 * D(y; ratio) = sum w_i N(y; x_i, ratio^2) x_i / sum w_i N(y; x_i, ratio^2), for batches of rows.
 * @throws Error if no weight is positive
 */
export function statesDenoiser(states: WeightedStates): Denoiser<Float64Array> {
  const kept = positive(states);
  if (kept.weights.length === 0) throw new RangeError('no positive weight');
  let last: { ratio: number; condensed: Condensed } | undefined;
  const known = new Map<number, Condensed>();
  return (y, ratio) => {
    if (last?.ratio !== ratio) {
      const condensed = known.get(ratio) ?? condense(kept, ratio);
      known.set(ratio, condensed);
      last = { ratio, condensed };
    }
    return denoise(last.condensed, kept.dimension, y, ratio);
  };
}

function positive({ dimension, values, weights }: WeightedStates): WeightedStates {
  const rows = [...weights.keys()].filter((n) => weights[n] > 0);
  return {
    dimension,
    values: Float64Array.from({ length: rows.length * dimension }, (_, i) => {
      const row = rows[Math.floor(i / dimension)];
      return values[row * dimension + (i % dimension)];
    }),
    weights: Float64Array.from(rows, (n) => weights[n]),
  };
}

function condense({ dimension, values, weights }: WeightedStates, ratio: number): Condensed {
  const cells = new Map<string, { weight: number; readonly sums: number[] }>();
  const width = CELL * Math.min(ratio, 1);
  for (let n = 0; n < weights.length; n++) {
    const row = values.subarray(n * dimension, (n + 1) * dimension);
    const key = row.map((v) => Math.floor(v / width)).join();
    const cell = cells.get(key) ?? { weight: 0, sums: new Array<number>(dimension).fill(0) };
    cell.weight += weights[n];
    for (let d = 0; d < dimension; d++) cell.sums[d] += weights[n] * row[d];
    cells.set(key, cell);
  }
  const order = widest(values, dimension);
  const points = [...cells.values()].map(({ weight, sums }) => ({ weight, at: sums.map((s) => s / weight) }));
  points.sort((a, b) => a.at[order] - b.at[order]);
  const logWeights = Float64Array.from(points, ({ weight }) => Math.log(weight));
  return {
    values: Float64Array.from(points.flatMap(({ at }) => at)),
    logWeights,
    largestLogWeight: logWeights.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
    order,
  };
}

function widest(values: Float64Array, dimension: number): number {
  const ranges = Array.from({ length: dimension }, (_, d) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = d; i < values.length; i += dimension) {
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
    return high - low;
  });
  return ranges.indexOf(Math.max(...ranges));
}

/** Points are visited from the nearest along the ordered coordinate outward, until no further one can count. */
function denoise(points: Condensed, dimension: number, y: Float64Array, ratio: number): Float64Array {
  const { values, logWeights, largestLogWeight, order } = points;
  const count = logWeights.length;
  const out = new Float64Array(y.length);
  const half = 1 / (2 * ratio * ratio);
  const sums = new Float64Array(dimension);
  for (let start = 0; start < y.length; start += dimension) {
    const along = y[start + order];
    let right = firstAbove(values, dimension, order, along);
    let left = right - 1;
    let [largest, mass] = [Number.NEGATIVE_INFINITY, 0];
    sums.fill(0);
    while (left >= 0 || right < count) {
      const toLeft = left >= 0 ? along - values[left * dimension + order] : Number.POSITIVE_INFINITY;
      const toRight = right < count ? values[right * dimension + order] - along : Number.POSITIVE_INFINITY;
      const nearest = Math.min(toLeft, toRight);
      if (largestLogWeight - nearest * nearest * half < largest - CUT) break;
      const n = toLeft <= toRight ? left-- : right++;
      let square = 0;
      for (let d = 0; d < dimension; d++) square += (y[start + d] - values[n * dimension + d]) ** 2;
      const exponent = logWeights[n] - square * half;
      if (exponent < largest - CUT) continue;
      if (exponent > largest) {
        const rescale = Math.exp(largest - exponent);
        largest = exponent;
        mass *= rescale;
        for (let d = 0; d < dimension; d++) sums[d] *= rescale;
      }
      const term = Math.exp(exponent - largest);
      mass += term;
      for (let d = 0; d < dimension; d++) sums[d] += term * values[n * dimension + d];
    }
    for (let d = 0; d < dimension; d++) out[start + d] = sums[d] / mass;
  }
  return out;
}

function firstAbove(values: Float64Array, dimension: number, order: number, target: number): number {
  let [low, high] = [0, values.length / dimension];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle * dimension + order] < target) low = middle + 1;
    else high = middle;
  }
  return low;
}
