/** Rates of rare transitions from the shape of the energy at a minimum and a saddle, for small kT. */

import { symmetricEigen } from '../numerics/symmetric-eigen.ts';
import { hessian } from '../systems/energy-surface.ts';
import type { SystemModel } from '../systems/model.ts';

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
  model: SystemModel,
  kT: number,
  minimum: readonly number[],
  saddle: readonly number[],
): number {
  if (model.system.hidden) throw new Error('hidden coordinates');
  const well = symmetricEigen(hessian(model, minimum)).values;
  const pass = symmetricEigen(hessian(model, saddle)).values;
  if (!(well[0] > 0)) throw new Error('not a minimum');
  if (!(pass[0] < 0 && pass.slice(1).every((value) => value > 0))) throw new Error('not a saddle');
  // M H and the symmetric M^1/2 H M^1/2 have the same eigenvalues.
  const scaled = hessian(model, saddle).map((row, i) =>
    row.map((value, j) => value * Math.sqrt(model.mobility[i] * model.mobility[j])),
  );
  const [lambda] = symmetricEigen(scaled).values;
  const ratio = pass.reduce((product, value, k) => product * (Math.abs(value) / well[k]), 1);
  const barrier = model.energyAt(saddle) - model.energyAt(minimum);
  return ((2 * Math.PI) / Math.abs(lambda)) * Math.sqrt(ratio) * Math.exp(barrier / kT);
}
