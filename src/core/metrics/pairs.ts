/** Distances between the states of two samples, in units of the spread of the first. */
import type { Points } from '../numerics/results.ts';

/** Rows of `points` in units of the standard deviation of each coordinate of `scale`, at most `most`, evenly taken. */
export function scaledRows(points: Points, scale: Points, most: number): Float64Array[] {
  const { dimension, values } = points;
  const deviations = deviationsOf(scale);
  const rows = values.length / dimension;
  const kept = Math.min(rows, most);
  return Array.from({ length: kept }, (_, k) => {
    const row = Math.floor((k * rows) / kept);
    return Float64Array.from(deviations, (deviation, d) => values[row * dimension + d] / deviation);
  });
}

function deviationsOf({ dimension, values }: Points): number[] {
  const rows = values.length / dimension;
  return Array.from({ length: dimension }, (_, d) => {
    let [mean, square] = [0, 0];
    for (let row = 0; row < rows; row++) mean += values[row * dimension + d] / rows;
    for (let row = 0; row < rows; row++) square += (values[row * dimension + d] - mean) ** 2 / rows;
    return Math.sqrt(square) || 1;
  });
}

export function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += (a[d] - b[d]) ** 2;
  return Math.sqrt(sum);
}
