/** Rates of rare transitions from the shape of the energy at a minimum and a saddle, for small kT. */

import { symmetricEigen } from '../numerics/symmetric-eigen.ts';
import type { Model } from '../systems/model.ts';

/** Length over which gradients are differenced, relative to the size of the coordinate (at least 1). */
const DIFFERENCE = 1e-5;
const MOST_NEWTON_STEPS = 50;
/** Newton stops when it moves less than this, relative to the size of the coordinates (at least 1). */
const SETTLED = 1e-10;

/**
 * Mean time from one well to the other over a barrier in one dimension, overdamped:
 * 2 pi / (M sqrt(U''(a) |U''(b)|)) exp((U(b) - U(a)) / kT) (Kramers, Physica 7, 284 (1940); Haenggi, Talkner, Borkovec,
 * Rev. Mod. Phys. 62, 251 (1990), section IV). The top of the barrier is reached in half of it.
 * @param well U'' at the minimum a
 * @param top U'' at the top b of the barrier, negative
 * @param barrier U(b) - U(a)
 */
export function kramersTime(
  well: number,
  top: number,
  barrier: number,
  mobility: number,
  kT: number,
): number {
  return ((2 * Math.PI) / (mobility * Math.sqrt(well * Math.abs(top)))) * Math.exp(barrier / kT);
}

/**
 * Mean time from a minimum over a saddle into a deeper or equal well, in any dimension:
 * 2 pi / |lambda| sqrt(|det H(saddle)| / det H(minimum)) exp((U(saddle) - U(minimum)) / kT), where lambda is the negative
 * eigenvalue of M H(saddle) (Langer, Ann. Phys. 54, 258 (1969); Berglund, Markov Process. Relat. Fields 19, 459 (2013)). Inverse times over several saddles add.
 * @param minimum, saddle stationary points (see `stationaryPoint`)
 * @throws Error when `minimum` is no minimum, when `saddle` has not exactly one direction downhill, or for hidden coordinates
 */
export function eyringKramersTime(
  model: Model,
  kT: number,
  minimum: readonly number[],
  saddle: readonly number[],
): number {
  if (model.system.hidden)
    throw new Error('Passages are computed in the coordinates that the dynamics moves');
  const well = symmetricEigen(hessian(model, minimum)).values;
  const pass = symmetricEigen(hessian(model, saddle)).values;
  if (!(well[0] > 0)) throw new Error('The first point is not a minimum of the energy');
  if (!(pass[0] < 0 && pass.slice(1).every((value) => value > 0)))
    throw new Error('The second point is not a saddle with one direction downhill');
  // M H and the symmetric M^1/2 H M^1/2 have the same eigenvalues.
  const scaled = hessian(model, saddle).map((row, i) =>
    row.map((value, j) => value * Math.sqrt(model.mobility[i] * model.mobility[j])),
  );
  const [lambda] = symmetricEigen(scaled).values;
  const ratio = pass.reduce((product, value, k) => product * (Math.abs(value) / well[k]), 1);
  const barrier = model.energyAt(saddle) - model.energyAt(minimum);
  return ((2 * Math.PI) / Math.abs(lambda)) * Math.sqrt(ratio) * Math.exp(barrier / kT);
}

/** Second derivatives of the energy, by central differences of its gradient, symmetrised. */
export function hessian(model: Model, at: readonly number[]): number[][] {
  return hessianOf((q) => model.gradientAt(q), at);
}

/** The same of any function whose gradient is given. */
export function hessianOf(gradient: (q: readonly number[]) => number[], at: readonly number[]): number[][] {
  const columns = at.map((value, d) => {
    const step = DIFFERENCE * Math.max(1, Math.abs(value));
    const shifted = (sign: number): number[] => gradient(at.with(d, value + sign * step));
    const [ahead, behind] = [shifted(1), shifted(-1)];
    return ahead.map((slope, i) => (slope - behind[i]) / (2 * step));
  });
  return columns.map((column, i) => column.map((value, j) => (value + columns[j][i]) / 2));
}

/**
 * The stationary point of the energy near `start` by Newton's method: minima and saddles alike. Facts of a system hold at
 * its default parameters; this follows them when parameters change.
 * @throws Error when Newton's method does not settle
 */
export function stationaryPoint(model: Model, start: readonly number[]): number[] {
  let at = [...start];
  for (let step = 0; step < MOST_NEWTON_STEPS; step++) {
    const { values, vectors } = symmetricEigen(hessian(model, at));
    const gradient = model.gradientAt(at);
    const move = at.map(() => 0);
    vectors.forEach((vector, k) => {
      const slope = vector.reduce((sum, value, d) => sum + value * gradient[d], 0);
      for (const [d, value] of vector.entries()) move[d] -= (slope / values[k]) * value;
    });
    at = at.map((value, d) => value + move[d]);
    if (Math.hypot(...move) <= SETTLED * Math.max(1, Math.hypot(...at))) return at;
  }
  throw new Error('There is no stationary point of the energy nearby');
}
