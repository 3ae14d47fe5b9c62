/** Exact free energy along a collective variable and conditional distribution of the other coordinate, by quadrature. */

import type { ConditionalDistribution, FreeEnergy } from '../numerics/results.ts';
import type { Setting, SystemModel } from '../systems/model.ts';
import { type Density, spacing } from './density.ts';
import { levelIntegrals } from './level-set.ts';
import { isDrivenRing, steadyLogDensity } from './steady-state.ts';

/**
 * F(z) = -log of the integral of delta(cv - z) exp(-U/kT), in kT, minimum 0 over the points of `cv`.
 */
export function exactFreeEnergy(setting: Setting, density: Density, cv: Float64Array): FreeEnergy {
  const F =
    setting.cvCoordinate < 0
      ? levelIntegrals(setting, density, cv).map((integral) => -Math.log(integral))
      : sliced(setting, density, cv);
  const lowest = F.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return { cv, F: F.map((value) => value - lowest) };
}

/**
 * p(other coordinate | cv = at) on the nodes of the density's grid, with its mean and variance.
 * @throws Error unless the cv is one of two coordinates
 */
export function conditionalDistribution(
  setting: Setting,
  density: Density,
  at: number,
): ConditionalDistribution {
  if (setting.cvCoordinate < 0 || setting.model.dimension !== 2)
    throw new RangeError('not a coordinate of a plane');
  const { x, exponents } = slice(setting, density, at);
  const log = logSum(exponents);
  const h = spacing(x);
  const values = exponents.map((e) => Math.exp(e - log) / h);
  const mean = moment(x, values, h, (v) => v);
  const variance = moment(x, values, h, (v) => (v - mean) ** 2);
  const coordinate = setting.model.system.coordinates[1 - setting.cvCoordinate];
  return { at, coordinate, x, density: values, mean, variance };
}

function moment(x: Float64Array, density: Float64Array, h: number, f: (v: number) => number): number {
  return x.reduce((sum, v, i) => sum + f(v) * density[i] * h, 0);
}

function sliced(setting: Setting, density: Density, cv: Float64Array): Float64Array {
  const { model, kT } = setting;
  if (isDrivenRing(model)) return steadyLogDensity(model, kT, cv).map((logDensity) => -logDensity);
  if (model.dimension === 1) {
    const energies = new Float64Array(cv.length);
    model.energy(cv, cv.length, energies);
    return energies.map((u) => u / kT);
  }
  return Float64Array.from(cv, (z) => -logSum(slice(setting, density, z).exponents));
}

/** -U/kT along the line cv = z, at the nodes of the other coordinate. */
function slice(setting: Setting, density: Density, z: number): { x: Float64Array; exponents: Float64Array } {
  const { model, kT, cvCoordinate } = setting;
  const x = density.axes[1 - cvCoordinate].slice(); // distributions are handed away, the density stays
  return { x, exponents: energiesAlong(model, cvCoordinate, z, x).map((u) => -u / kT) };
}

function energiesAlong(model: SystemModel, fixed: number, z: number, x: Float64Array): Float64Array {
  const q = new Float64Array(2 * x.length);
  q.fill(z, fixed * x.length, (fixed + 1) * x.length);
  q.set(x, (1 - fixed) * x.length);
  const energies = new Float64Array(x.length);
  model.energy(q, x.length, energies);
  return energies;
}

function logSum(exponents: Float64Array): number {
  const largest = exponents.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return largest + Math.log(exponents.reduce((sum, e) => sum + Math.exp(e - largest), 0));
}
