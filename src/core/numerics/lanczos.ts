/** Leading eigenvectors of a large symmetric matrix, by products with vectors alone. */

import { NUMBERS_PER_BLOCK, RandomStream } from './random.ts';
import type { Eigen } from './symmetric-eigen.ts';
import { tridiagonalEigen } from './tridiagonal.ts';

export interface LeadingEigen {
  /** Largest first. */
  readonly values: Float64Array;
  /** Unit vectors, in the order of the values. */
  readonly vectors: readonly Float64Array[];
}

/** Residual |A v - value v| at which a vector counts as found, for a matrix of norm about 1. */
const TOLERANCE = 1e-6;
/** When it is looked at first what has been found, and how much later each time. */
const FIRST_LOOK = 30;
const LATER = 1.4;
const MOST_STEPS = 400;

/**
 * The `count` largest eigenvalues of the symmetric n x n matrix behind `multiply`, by Lanczos's method with every vector
 * orthogonalised against all before (Golub, Van Loan, Matrix Computations, section 10.1).
 */
export function leadingEigen(
  n: number,
  count: number,
  multiply: (x: Float64Array, out: Float64Array) => void,
): LeadingEigen {
  const basis: Float64Array[] = [randomUnit(n)];
  const [diagonal, below]: [number[], number[]] = [[], []];
  const most = Math.min(n, MOST_STEPS);
  let look = FIRST_LOOK + count;
  for (;;) {
    const last = basis[basis.length - 1];
    const next = new Float64Array(n);
    multiply(last, next);
    diagonal.push(dot(next, last));
    // Twice is enough: once leaves what rounding put back.
    for (let pass = 0; pass < 2; pass++)
      for (const vector of basis) subtract(next, vector, dot(next, vector));
    const length = Math.sqrt(dot(next, next));
    const size = diagonal.length;
    const ended = size >= most || length < TOLERANCE;
    if (ended || size === look) {
      look = Math.ceil(size * LATER);
      const small = tridiagonalEigen(diagonal, below);
      const found = [...small.values.keys()].reverse().slice(0, count);
      const settled = found.every((k) => Math.abs(length * small.vectors[k][size - 1]) < TOLERANCE);
      if (ended || settled) return assembled(basis, small, found);
    }
    below.push(length);
    basis.push(next.map((v) => v / length));
  }
}

function assembled(basis: readonly Float64Array[], small: Eigen, found: readonly number[]): LeadingEigen {
  const vectors = found.map((k) => {
    const out = new Float64Array(basis[0].length);
    small.vectors[k].forEach((share, i) => {
      subtract(out, basis[i], -share);
    });
    return out;
  });
  return { values: Float64Array.from(found, (k) => small.values[k]), vectors };
}

function randomUnit(n: number): Float64Array {
  const stream = new RandomStream(0, 'lanczos');
  const out = new Float64Array(NUMBERS_PER_BLOCK * Math.ceil(n / NUMBERS_PER_BLOCK));
  for (let i = 0; i < out.length; i += NUMBERS_PER_BLOCK) stream.normals(0, i / NUMBERS_PER_BLOCK, out, i);
  const vector = out.slice(0, n);
  const length = Math.sqrt(dot(vector, vector));
  return vector.map((v) => v / length);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function subtract(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i] -= factor * b[i];
}
