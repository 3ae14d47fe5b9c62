export type Matrix = readonly (readonly number[])[];

/** Lower triangular factor L of a symmetric positive semidefinite matrix L L^T. */
export function cholesky(matrix: Matrix): number[][] {
  const lower = matrix.map((row) => row.map(() => 0));
  for (let i = 0; i < matrix.length; i++)
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i][j];
      for (let k = 0; k < j; k++) rest -= lower[i][k] * lower[j][k];
      // A covariance that is singular along a direction leaves rounding errors, of either sign.
      if (i === j) lower[i][i] = Math.sqrt(Math.max(rest, 0));
      else lower[i][j] = lower[j][j] > 0 ? rest / lower[j][j] : 0;
    }
  return lower;
}
