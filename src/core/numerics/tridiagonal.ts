import type { Eigen } from './symmetric-eigen.ts';

const MOST_ROUNDS = 60;

/**
 * Eigen-decomposition of a symmetric tridiagonal matrix by the implicit QL method (Golub, Van Loan, Matrix Computations, section
 * 8.3), in O(n^3) with a small constant. Values ascend.
 * @param below `below[i]` couples i and i + 1
 */
export function tridiagonalEigen(diagonal: readonly number[], below: readonly number[]): Eigen {
  const n = diagonal.length;
  const d = Float64Array.from(diagonal);
  const e = Float64Array.from({ length: n }, (_, i) => (i < n - 1 ? below[i] : 0));
  const vectors = Array.from({ length: n }, (_, i) => {
    const row = new Float64Array(n);
    row[i] = 1;
    return row;
  });
  for (let l = 0; l < n; l++)
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const m = firstUncoupled(d, e, l);
      if (m === l) break;
      chase(d, e, vectors, l, m);
    }
  const order = [...d.keys()].sort((i, j) => d[i] - d[j]);
  return { values: order.map((k) => d[k]), vectors: order.map((k) => [...vectors[k]]) };
}

function firstUncoupled(d: Float64Array, e: Float64Array, l: number): number {
  let m = l;
  while (m < d.length - 1 && Math.abs(e[m]) > Number.EPSILON * (Math.abs(d[m]) + Math.abs(d[m + 1]))) m++;
  return m;
}

/** One implicit step with Wilkinson's shift on rows l .. m: rotations from the bottom up. Vectors are kept as rows. */
function chase(
  d: Float64Array,
  e: Float64Array,
  vectors: readonly Float64Array[],
  l: number,
  m: number,
): void {
  const half = (d[l + 1] - d[l]) / (2 * e[l]);
  const root = Math.hypot(half, 1);
  let g = d[m] - d[l] + e[l] / (half + (half < 0 ? -root : root));
  let [s, c, shift] = [1, 1, 0];
  for (let i = m - 1; i >= l; i--) {
    const [f, b] = [s * e[i], c * e[i]];
    const r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= shift;
      e[m] = 0;
      return;
    }
    [s, c] = [f / r, g / r];
    const left = d[i + 1] - shift;
    const turn = (d[i] - left) * s + 2 * c * b;
    shift = s * turn;
    d[i + 1] = left + shift;
    g = c * turn - b;
    mix(vectors[i], vectors[i + 1], c, s);
  }
  d[l] -= shift;
  e[l] = g;
  e[m] = 0;
}

function mix(lower: Float64Array, upper: Float64Array, c: number, s: number): void {
  for (let k = 0; k < lower.length; k++) {
    const [x, y] = [lower[k], upper[k]];
    upper[k] = s * x + c * y;
    lower[k] = c * x - s * y;
  }
}
