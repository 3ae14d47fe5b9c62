/** A smooth function of two coordinates through scattered values. */
import { coefficientsAlong, placeOf, type SplineAxis, splineWeights } from '../../expression/spline.ts';

/** Splines that reach into a cell along one axis. */
const REACH = 4;
/** Weight of a squared second difference of coefficients, where that of a value is 1: it takes the noise of eigenvectors out of slopes, which springs feel. */
const STIFFNESS = 1;

/**
 * Coefficients of the cubic B-spline with the least sum of squared differences from the values plus `STIFFNESS` times its squared
 * second differences (Eilers, Marx, Stat. Sci. 11, 89 (1996)). Where there are no values it goes on as straight as it can.
 * @param points rows of two numbers  @param values NaN where there is none  @throws Error if the points lie on a line
 */
export function splineFit(
  axes: readonly [SplineAxis, SplineAxis],
  points: ArrayLike<number>,
  values: Float64Array,
): Float64Array {
  const [nx, ny] = axes.map(coefficientsAlong);
  const system = new BandedSystem(nx * ny, (REACH - 1) * (nx + 1));
  const [u, v] = [new Float64Array(REACH), new Float64Array(REACH)];
  const [at, weights] = [new Int32Array(REACH * REACH), new Float64Array(REACH * REACH)];
  values.forEach((value, n) => {
    if (Number.isNaN(value)) return;
    const i = splineWeights(placeOf(axes[0], points[2 * n]), axes[0].cells, u);
    const j = splineWeights(placeOf(axes[1], points[2 * n + 1]), axes[1].cells, v);
    for (let k = 0; k < at.length; k++) {
      at[k] = (j + (k >> 2)) * nx + i + (k & 3);
      weights[k] = v[k >> 2] * u[k & 3];
    }
    system.add(at, weights, value);
  });
  const bend = Math.sqrt(STIFFNESS);
  const twist = Math.sqrt(2 * STIFFNESS);
  for (let j = 0; j < ny; j++)
    for (let i = 0; i < nx; i++) {
      const c = j * nx + i;
      if (i > 0 && i < nx - 1) system.add([c - 1, c, c + 1], [bend, -2 * bend, bend], 0);
      if (j > 0 && j < ny - 1) system.add([c - nx, c, c + nx], [bend, -2 * bend, bend], 0);
      if (i > 0 && j > 0) system.add([c - nx - 1, c - nx, c - 1, c], [twist, -twist, -twist, twist], 0);
    }
  return system.solve();
}

/** Cells that are added at each end: in them the coefficients lie on a line. */
const ADDED = 2;

/** The spline with two more cells at each end, in which it goes straight on; open, so that it does so beyond them too. */
export function straightOn(
  axes: readonly [SplineAxis, SplineAxis],
  coefficients: Float64Array,
): { readonly axes: readonly [SplineAxis, SplineAxis]; readonly coefficients: Float64Array } {
  const [nx, ny] = axes.map(coefficientsAlong);
  const wide = nx + 2 * ADDED;
  const out = new Float64Array(wide * (ny + 2 * ADDED));
  for (let j = 0; j < ny; j++) {
    out.set(coefficients.subarray(j * nx, (j + 1) * nx), (j + ADDED) * wide + ADDED);
    continueLine(out, (j + ADDED) * wide, nx, 1);
  }
  for (let i = 0; i < wide; i++) continueLine(out, i, ny, wide);
  const [x, y] = axes.map(({ range: [low, high], cells, periodic }): SplineAxis => {
    const added = (ADDED * (high - low)) / cells;
    return { range: [low - added, high + added], cells: cells + 2 * ADDED, periodic, open: true };
  });
  return { axes: [x, y], coefficients: out };
}

/** Fills the first and last `ADDED` of a line of numbers, `count` of which are known between them. */
function continueLine(values: Float64Array, start: number, count: number, stride: number): void {
  const at = (k: number) => start + k * stride;
  for (let k = ADDED - 1; k >= 0; k--) values[at(k)] = 2 * values[at(k + 1)] - values[at(k + 2)];
  for (let k = count + ADDED; k < count + 2 * ADDED; k++)
    values[at(k)] = 2 * values[at(k - 1)] - values[at(k - 2)];
}

/** Least squares whose normal equations have a band, by Cholesky's method (Golub, Van Loan, Matrix Computations, section 4.3). */
class BandedSystem {
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

  /** The unknowns; the matrix is used up. */
  solve(): Float64Array {
    const { size, width, matrix, right } = this;
    const x = right.slice();
    for (let i = 0; i < size; i++) {
      for (let j = Math.max(0, i - width + 1); j <= i; j++) {
        let sum = matrix[i * width + i - j];
        for (let k = Math.max(0, i - width + 1); k < j; k++)
          sum -= matrix[i * width + i - k] * matrix[j * width + j - k];
        if (i === j && !(sum > 0))
          throw new Error('The states lie on a line: no function of the plane follows');
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
