/** A smooth function of two coordinates through scattered values. */

import { coefficientsAlong, placeOf, type SplineAxis, splineWeights } from '../../expression/spline.ts';
import { Problem } from '../../message.ts';
import { BandedSystem } from '../../numerics/banded.ts';
import { message } from '../messages.ts';

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
  const coefficients = system.solve();
  if (!coefficients) throw new Problem(message('states-on-a-line', {}));
  return coefficients;
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
