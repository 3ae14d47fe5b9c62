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
