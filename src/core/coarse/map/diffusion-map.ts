/**
 * Diffusion maps: slow variables from data (Coifman, Lafon, Appl. Comput. Harmon. Anal. 21, 5 (2006)).
 *
 * Convention: kernel K = exp(-d^2 / scale); densities q = sum of K; K / (q q')^alpha, made row-stochastic, is P. Then
 * 4 (P - 1) / scale -> Laplacian + 2 (1 - alpha) grad log q . grad: alpha = 1/2 gives the generator of overdamped dynamics over kT,
 * alpha = 1 the Laplacian of the manifold, whatever the density.
 */
import { leadingEigen } from '../../numerics/lanczos.ts';

/** Squared distances of n points, both ways: `distances[i * n + j]`. */
export interface Distances {
  readonly n: number;
  readonly squared: Float32Array;
}

export interface DiffusionMapOptions {
  readonly scale: number;
  /** 0, 1/2 or 1: how much of the density is divided out. */
  readonly alpha: number;
  /** Coordinates that are wanted, beside the constant one. */
  readonly count: number;
}

export interface DiffusionMap {
  /** Eigenvalues of P, the constant's 1 left out, largest first. */
  readonly eigenvalues: Float64Array;
  /** Those of the operator in the limit of small scales, -4 log(eigenvalue) / scale: rates, smallest first. */
  readonly rates: Float64Array;
  /** Coordinates: right eigenvectors of P at the points, of mean square 1. */
  readonly coordinates: readonly Float64Array[];
  /** q^alpha of each point: what a new point needs to be placed. */
  readonly densityPower: Float64Array;
}

/** In units of the scale: the squared distance beyond which the kernel, below exp(-20), counts as nothing. */
const REACH = 20;

/** Squared Euclidean distances of rows of `dimension` numbers. */
export function euclideanDistances(points: Float64Array, dimension: number): Distances {
  const n = points.length / dimension;
  const squared = new Float32Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let d = 0; d < dimension; d++) sum += (points[i * dimension + d] - points[j * dimension + d]) ** 2;
      squared[i * n + j] = sum;
      squared[j * n + i] = sum;
    }
  return { n, squared };
}

/**
 * Points that have others near them, in order: where the kernel of all others sums to `least` or more. A point in the tail, alone,
 * would be a slow variable of its own.
 */
export function connectedPoints({ n, squared }: Distances, scale: number, least: number): Uint32Array {
  const kept: number[] = [];
  for (let i = 0; i < n; i++) {
    let sum = -1;
    for (let j = 0; j < n && sum < least; j++) sum += Math.exp(-squared[i * n + j] / scale);
    if (sum >= least) kept.push(i);
  }
  return Uint32Array.from(kept);
}

/** Distances among some of the points. */
export function distancesAmong({ n, squared }: Distances, kept: Uint32Array): Distances {
  const out = new Float32Array(kept.length * kept.length);
  kept.forEach((i, a) => {
    for (let b = 0; b < kept.length; b++) out[a * kept.length + b] = squared[i * n + kept[b]];
  });
  return { n: kept.length, squared: out };
}

/** The leading diffusion coordinates of points with these distances. O(n^2) memory; time per Lanczos step as there are pairs within reach. */
export function diffusionMap(distances: Distances, options: DiffusionMapOptions): DiffusionMap {
  const { n } = distances;
  const { scale, alpha, count } = options;
  const kernel = sparseKernel(distances, scale);
  const densityPower = rowSums(kernel).map((q) => q ** alpha);
  divideBoth(kernel, densityPower);
  const roots = rowSums(kernel).map(Math.sqrt);
  divideBoth(kernel, roots);
  const { values, vectors } = leadingEigen(n, count + 1, (x, out) => multiply(kernel, x, out));
  const eigenvalues = values.subarray(1);
  return {
    eigenvalues,
    rates: eigenvalues.map((value) => (-4 * Math.log(value)) / scale),
    coordinates: vectors.slice(1).map((vector) => normalised(vector.map((v, i) => v / roots[i]))),
    densityPower,
  };
}

/** Rows of a symmetric matrix without its zeros: entries `starts[i]` to `starts[i + 1]` belong to row i. */
interface SparseMatrix {
  readonly starts: Uint32Array;
  readonly columns: Uint32Array;
  readonly values: Float32Array;
}

function sparseKernel({ n, squared }: Distances, scale: number): SparseMatrix {
  const furthest = REACH * scale;
  const starts = new Uint32Array(n + 1);
  for (let i = 0; i < n; i++) {
    let count = 0;
    for (let k = i * n; k < (i + 1) * n; k++) if (squared[k] < furthest) count++;
    starts[i + 1] = starts[i] + count;
  }
  const columns = new Uint32Array(starts[n]);
  const values = new Float32Array(starts[n]);
  let at = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const d = squared[i * n + j];
      if (d >= furthest) continue;
      columns[at] = j;
      values[at++] = Math.exp(-d / scale);
    }
  return { starts, columns, values };
}

function rowSums({ starts, values }: SparseMatrix): Float64Array {
  return Float64Array.from({ length: starts.length - 1 }, (_, i) => {
    let sum = 0;
    for (let k = starts[i]; k < starts[i + 1]; k++) sum += values[k];
    return sum;
  });
}

/** matrix_ij / (factor_i factor_j), in place. */
function divideBoth({ starts, columns, values }: SparseMatrix, factors: Float64Array): void {
  for (let i = 0; i < factors.length; i++)
    for (let k = starts[i]; k < starts[i + 1]; k++) values[k] /= factors[i] * factors[columns[k]];
}

function multiply({ starts, columns, values }: SparseMatrix, x: Float64Array, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let k = starts[i]; k < starts[i + 1]; k++) sum += values[k] * x[columns[k]];
    out[i] = sum;
  }
}

function normalised(vector: Float64Array): Float64Array {
  const size = Math.sqrt(vector.reduce((sum, v) => sum + v * v, 0) / vector.length);
  return vector.map((v) => v / size);
}
