/** Least squares whose normal equations have a band, by Cholesky's method (Golub, Van Loan, Matrix Computations, section 4.3). */
export class BandedSystem {
  /** Entry (row, row - k) of the lower triangle at row * width + k. */
  private readonly matrix: Float64Array;
  private readonly right: Float64Array;
  private readonly width: number;

  constructor(
    private readonly size: number,
    band: number,
  ) {
    this.width = band + 1;
    this.matrix = new Float64Array(size * this.width);
    this.right = new Float64Array(size);
  }

  /** The sum of weights times unknowns should be the value. */
  add(at: ArrayLike<number>, weights: ArrayLike<number>, value: number): void {
    for (let a = 0; a < at.length; a++) {
      this.right[at[a]] += weights[a] * value;
      for (let b = 0; b < at.length; b++)
        if (at[b] <= at[a]) this.matrix[at[a] * this.width + at[a] - at[b]] += weights[a] * weights[b];
    }
  }

  /** The unknowns, null if they are not determined; the matrix is used up. */
  solve(): Float64Array | null {
    const { size, width, matrix, right } = this;
    const x = right.slice();
    for (let i = 0; i < size; i++) {
      for (let j = Math.max(0, i - width + 1); j <= i; j++) {
        let sum = matrix[i * width + i - j];
        for (let k = Math.max(0, i - width + 1); k < j; k++)
          sum -= matrix[i * width + i - k] * matrix[j * width + j - k];
        if (i === j && !(sum > 0)) return null;
        matrix[i * width + i - j] = i === j ? Math.sqrt(sum) : sum / matrix[j * width];
        if (j < i) x[i] -= matrix[i * width + i - j] * x[j];
      }
      x[i] /= matrix[i * width];
    }
    for (let i = size - 1; i >= 0; i--) {
      x[i] /= matrix[i * width];
      for (let j = Math.max(0, i - width + 1); j < i; j++) x[j] -= matrix[i * width + i - j] * x[i];
    }
    return x;
  }
}
