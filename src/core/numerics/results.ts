/** What workers answer with and plots draw: typed arrays with their axes. */

/** `count` states of `dimension` numbers each, row by row. */
export interface Points {
  readonly dimension: number;
  readonly values: Float32Array;
}

/** y against x. */
export interface Series {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Values at the nodes (or in the cells) of a rectangular grid, row `j` (ys[j]) after row: `values[j * xs.length + i]`. */
export interface Grid {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly values: Float64Array;
}

/** `count` equally spaced numbers from `low` to `high`, both included. */
export function linspace(low: number, high: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}

/** Centres of `count` equal bins between `low` and `high`. */
export function binCenters(low: number, high: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => low + ((high - low) * (i + 0.5)) / count);
}

/** Free energy along a collective variable, in kT, minimum 0; NaN where nothing was visited. */
export interface FreeEnergy {
  readonly cv: Float64Array;
  readonly F: Float64Array;
}

/** Of what an estimate is: -log of the mean of exp(-F) over each bin, or F at its centre. */
export type EstimatedAt = 'bin' | 'point';

export interface ExactFreeEnergy extends FreeEnergy {
  /** -log of the mean of exp(-F) over each bin, minimum 0: what counts of visits estimate. */
  readonly ofBins: Float64Array;
}

export interface FreeEnergyEstimate extends FreeEnergy {
  readonly of: EstimatedAt;
  /** Standard error from the spread between groups of walkers, kT; NaN where it cannot be had. */
  readonly stderr: Float64Array;
}

/** Centre and scale by which a model standardises its data as its minibatches draw them, one number per coordinate. */
export interface Standardisation {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** Denoising displacement D(x; sigma) - x (= sigma^2 times the score, back in the units of the coordinates). */
export interface VectorField {
  readonly points: Points;
  readonly vectors: Points;
}

/** The distribution of the remaining coordinate given the slow variable: density on a grid, and moments. */
export interface ConditionalDistribution {
  readonly at: number;
  /** Name of the remaining coordinate. */
  readonly coordinate: string;
  readonly x: Float64Array;
  readonly density: Float64Array;
  readonly mean: number;
  readonly variance: number;
}
