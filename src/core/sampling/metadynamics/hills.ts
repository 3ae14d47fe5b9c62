/** Gaussian hills of metadynamics as coefficients of a B-spline bias. */
import { cellWidth, coefficientsAlong, type SplineAxis, type SplineBias } from '../../expression/spline.ts';

/** Hills end this many widths from their centre, at 4e-6 of their height. */
const REACH = 5;
/** Root of z + 4 + 1/z = 0 within the unit circle: undoes the smoothing of B-splines at the nodes. */
const POLE = Math.sqrt(3) - 2;

/**
 * Coefficients of the spline that takes at every node the value of a Gaussian of height 1: of all of its images along a
 * ring, and elsewhere of its mirror images in the ends of the grid. Uniform deposition then raises the bias evenly up to the
 * ends, and the bias has no slope there. (Filter: Unser, IEEE Signal Process. Mag. 16(6), 22 (1999), box 2.)
 */
class HillAlong {
  /** Entries of the axis that the last hill touches, and what it adds to each. */
  readonly entries: Int32Array;
  readonly values: Float64Array;
  count = 0;
  private readonly filtered: Float64Array;

  /** @param width standard deviation */
  constructor(
    private readonly axis: SplineAxis,
    private readonly width: number,
  ) {
    const most = 2 * Math.ceil((REACH * width) / cellWidth(axis)) + 3;
    this.filtered = new Float64Array(most);
    this.entries = new Int32Array(4 * most);
    this.values = new Float64Array(4 * most);
  }

  place(cv: number): void {
    const h = cellWidth(this.axis);
    const middle = (cv - this.axis.range[0]) / h;
    const sigma = this.width / h;
    const first = Math.floor(middle - REACH * sigma);
    const nodes = Math.min(this.filtered.length, Math.ceil(middle + REACH * sigma) - first + 1);
    const c = this.filtered;
    for (let k = 0; k < nodes; k++) {
      const away = (first + k - middle) / sigma;
      c[k] = Math.exp(-0.5 * away * away) + (k > 0 ? POLE * c[k - 1] : 0);
    }
    c[nodes - 1] *= -POLE / (1 - POLE * POLE);
    for (let k = nodes - 2; k >= 0; k--) c[k] = POLE * (c[k + 1] - c[k]);
    this.count = 0;
    for (let k = 0; k < nodes; k++) this.fold(first + k, 6 * c[k]);
  }

  private fold(node: number, value: number): void {
    const { cells, periodic } = this.axis;
    const period = periodic ? cells : 2 * cells;
    const rest = node - period * Math.floor(node / period);
    for (const image of [rest - period, rest, rest + period]) {
      this.touch(image, value);
      if (!periodic) this.touch(-image, value);
    }
  }

  private touch(node: number, value: number): void {
    if (node < -1 || node > this.axis.cells + 1) return;
    this.entries[this.count] = node + 1;
    this.values[this.count++] = value;
  }
}

/** Adds Gaussians to a bias. */
export class Hills {
  private readonly along: readonly HillAlong[];

  /** @param widths standard deviation along each axis, two cells or more for shapes that are right to 0.3 % */
  constructor(
    private readonly bias: SplineBias,
    widths: readonly number[],
  ) {
    this.along = bias.axes.map((axis, d) => new HillAlong(axis, widths[d]));
  }

  add(height: number, first: number, second = 0): void {
    const { coefficients, axes } = this.bias;
    const [x, y] = this.along;
    x.place(first);
    if (!y) {
      for (let i = 0; i < x.count; i++) coefficients[x.entries[i]] += height * x.values[i];
      return;
    }
    y.place(second);
    const stride = coefficientsAlong(axes[0]);
    for (let j = 0; j < y.count; j++) {
      const row = stride * y.entries[j];
      const share = height * y.values[j];
      for (let i = 0; i < x.count; i++) coefficients[row + x.entries[i]] += share * x.values[i];
    }
  }
}
