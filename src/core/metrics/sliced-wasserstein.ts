import { NUMBERS_PER_BLOCK, RandomStream } from '../numerics/random.ts';
import type { Points } from '../numerics/results.ts';
import { scaledRows } from './pairs.ts';

const DIRECTIONS = 64;
const MOST_STATES = 20_000;

/**
 * Mean over directions of the Wasserstein-1 distance of two projected samples (Bonneel et al., J. Math. Imaging Vis. 51, 22
 * (2015)), in standard deviations of the reference. The directions are always the same.
 */
export function slicedWasserstein(samples: Points, reference: Points): number {
  const x = scaledRows(samples, reference, MOST_STATES);
  const y = scaledRows(reference, reference, MOST_STATES);
  const directions = unitVectors(reference.dimension);
  const distances = directions.map((u) => sorted1(projected(x, u), projected(y, u)));
  return distances.reduce((a, b) => a + b, 0) / DIRECTIONS;
}

/** Wasserstein-1 distance of two samples on the line: the area between their distribution functions. */
export function sampleWasserstein(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return sorted1(Float64Array.from(a).sort(), Float64Array.from(b).sort());
}

function projected(rows: readonly Float64Array[], direction: Float64Array): Float64Array {
  return Float64Array.from(rows, (row) => row.reduce((sum, v, d) => sum + v * direction[d], 0)).sort();
}

function sorted1(a: Float64Array, b: Float64Array): number {
  let [i, j, sum] = [0, 0, 0];
  let last = Math.min(a[0], b[0]);
  while (i < a.length || j < b.length) {
    const next = j >= b.length || (i < a.length && a[i] <= b[j]) ? a[i] : b[j];
    sum += (next - last) * Math.abs(i / a.length - j / b.length);
    last = next;
    while (i < a.length && a[i] === next) i++;
    while (j < b.length && b[j] === next) j++;
  }
  return sum;
}

function unitVectors(dimension: number): Float64Array[] {
  const stream = new RandomStream(0, 'directions');
  const blocks = Math.ceil(dimension / NUMBERS_PER_BLOCK);
  return Array.from({ length: DIRECTIONS }, (_, k) => {
    const normals = new Float64Array(blocks * NUMBERS_PER_BLOCK);
    for (let block = 0; block < blocks; block++) stream.normals(k, block, normals, block * NUMBERS_PER_BLOCK);
    const vector = normals.subarray(0, dimension);
    const length = Math.hypot(...vector);
    return vector.map((v) => v / length);
  });
}
