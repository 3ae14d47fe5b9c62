/** Eigenvalues, ascending, and orthonormal eigenvectors: `vectors[k]` belongs to `values[k]`. */
export interface Eigen {
  readonly values: number[];
  readonly vectors: number[][];
}

const MOST_SWEEPS = 60;

/**
 * Eigen-decomposition of a small symmetric matrix by cyclic Jacobi rotations (Golub, Van Loan, Matrix Computations,
 * section 8.5). Small eigenvalues of graded matrices keep their relative accuracy.
 * @param matrix rows of a symmetric matrix
 */
export function symmetricEigen(matrix: readonly (readonly number[])[]): Eigen {
  const a = matrix.map((row) => [...row]);
  const n = a.length;
  const vectors = a.map((_, i) => a.map((_, j) => (i === j ? 1 : 0)));
  for (let sweep = 0, rotated = true; rotated && sweep < MOST_SWEEPS; sweep++) {
    rotated = false;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotated = rotate(a, vectors, p, q) || rotated;
  }
  const order = a.map((_, k) => k).sort((i, j) => a[i][i] - a[j][j]);
  return { values: order.map((k) => a[k][k]), vectors: order.map((k) => vectors[k]) };
}

/** Annihilates a[p][q]; false if it is negligible already. */
function rotate(a: number[][], vectors: number[][], p: number, q: number): boolean {
  const offDiagonal = a[p][q];
  if (Math.abs(offDiagonal) <= Number.EPSILON * Math.sqrt(Math.abs(a[p][p] * a[q][q]))) return false;
  const ratio = (a[q][q] - a[p][p]) / (2 * offDiagonal);
  const t = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.hypot(ratio, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (const row of a) {
    const [x, y] = [row[p], row[q]];
    row[p] = c * x - s * y;
    row[q] = s * x + c * y;
  }
  mix(a[p], a[q], c, s);
  mix(vectors[p], vectors[q], c, s);
  return true;
}

/** Rotates two rows into each other. */
function mix(upper: number[], lower: number[], c: number, s: number): void {
  for (let k = 0; k < upper.length; k++) {
    const [x, y] = [upper[k], lower[k]];
    upper[k] = c * x - s * y;
    lower[k] = s * x + c * y;
  }
}
