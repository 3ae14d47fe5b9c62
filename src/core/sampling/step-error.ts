/** What a step of first order does to a free energy: an estimate to hold against error bars, which know nothing of it. */

import type { Integrator } from '../dynamics/contract.ts';
import type { Warning } from '../estimators/finding.ts';
import { binOf } from '../estimators/histogram.ts';
import { differentiate } from '../expression/differentiate.ts';
import type { FreeEnergyEstimate } from '../numerics/results.ts';
import { symmetricEigen } from '../numerics/symmetric-eigen.ts';
import type { CollectiveVariable } from '../systems/contract.ts';
import { hessianOf, stationaryPoint } from '../systems/energy-surface.ts';
import type { Setting, SystemModel } from '../systems/model.ts';
import { message } from './messages.ts';

/** Errors below this, in kT, are not worth a word. */
const NOTABLE = 0.01;
/** A point stands for its level set where F goes with its energy, to so many kT. */
const TYPICAL = 1;
/** Share of the time step that is named beside the step of second order. */
const SHORTER = 0.2;

export interface StepError {
  /** Name of the minimum or saddle. */
  readonly name: string;
  readonly cv: number;
  /** U / kT there. */
  readonly depth: number;
  /** Error of F in kT to first order in the step, up to a constant that all places share. */
  readonly error: number;
}

/**
 * Error of F at minima and saddles by Euler-Maruyama, whose invariant density is to first order in dt
 * exp(-U/kT) (1 + dt sum_d M_d (U_d^2 / 4kT - U_dd / 2)) (in a harmonic well: variance kT/k / (1 - k M dt/2)). Averaged over a level set
 * of the cv through a stationary point, U taken as harmonic, it moves F by dt/4 (tr H + F''): H is the Hessian in coordinates
 * of equal mobility, F'' = 1 / (n H^-1 n) along the unit normal n.
 * @param flattened walkers feel a bias that follows -F and takes F'' out of their energy: dt/4 (tr H - F'') is left
 * @returns nothing for steps of another order and for systems without a potential
 */
export function stepErrors(
  { model, cv, kT }: Pick<Setting, 'model' | 'cv' | 'kT'>,
  { order }: Integrator,
  dt: number,
  flattened: boolean,
): StepError[] {
  const { graph, energyNode, state, mobility, system } = model;
  if (order !== 1 || energyNode === null) return [];
  const gradientOf = (node: number) => {
    const slopes = differentiate(graph, node, state).map((slope) => model.ofStates(slope));
    return (at: readonly number[]) => slopes.map((slope) => slope.at(at)[0]);
  };
  const [force, normal] = [gradientOf(energyNode), gradientOf(model.ofState(cv.value))];
  const place = model.observable(cv.value);
  return [...system.facts.minima, ...system.facts.saddles].flatMap(({ name, at }) => {
    const seen = followed(model, at);
    if (!seen) return [];
    const q = model.stateAt(seen);
    const H = hessianOf(force, q).map((row, i) =>
      row.map((u, j) => u * Math.sqrt(mobility[i] * mobility[j])),
    );
    const n = normal(q).map((slope, d) => slope * Math.sqrt(mobility[d]));
    const trace = H.reduce((sum, row, i) => sum + row[i], 0);
    const error = (dt / 4) * (trace + (flattened ? -1 : 1) * curvatureAlong(H, n));
    return Number.isFinite(error)
      ? [{ name, cv: place.at(seen)[0], depth: model.energyAt(seen) / kT, error }]
      : [];
  });
}

/** Facts hold at default parameters. */
function followed(model: SystemModel, at: readonly number[]): number[] | null {
  try {
    return stationaryPoint(model, at);
  } catch {
    return null;
  }
}

/** 1 / (n H^-1 n) along the unit vector of `n`. */
function curvatureAlong(H: readonly (readonly number[])[], n: readonly number[]): number {
  const { values, vectors } = symmetricEigen(H);
  const square = n.reduce((sum, x) => sum + x * x, 0);
  const shares = vectors.map((vector) => vector.reduce((sum, x, d) => sum + x * n[d], 0) ** 2 / square);
  return 1 / shares.reduce((sum, share, k) => sum + (share === 0 ? 0 : share / values[k]), 0);
}

/** What to say if the step errs by more than the error bars between the deepest place and another; null if they cover it. */
export function stepErrorWarning(
  errors: readonly StepError[],
  { F, stderr }: FreeEnergyEstimate,
  cv: CollectiveVariable,
  { id = '' }: Integrator,
  dt: number,
): Warning | null {
  const known = errors
    .map((one) => ({ ...one, bin: binOf(one.cv, ...cv.range, F.length) }))
    .filter(({ bin }) => Number.isFinite(stderr[bin]) && Number.isFinite(F[bin]))
    .sort((a, b) => F[a.bin] - F[b.bin]);
  const [deepest, ...others] = known;
  const worst = others
    .map((one) => ({
      ...one,
      off: one.error - deepest.error,
      stated: Math.hypot(stderr[one.bin], stderr[deepest.bin]),
    }))
    .filter(({ bin, depth }) => Math.abs(depth - deepest.depth - F[bin] + F[deepest.bin]) < TYPICAL)
    .filter(({ off, stated }) => Math.abs(off) > Math.max(stated, NOTABLE))
    .sort((a, b) => Math.abs(b.off) - Math.abs(a.off))[0];
  if (!worst) return null;
  const at = ({ name, cv: value }: StepError) => ({ name, value: placed(value, cv) });
  const values = {
    integrator: id,
    dt,
    shorter: Number((SHORTER * dt).toPrecision(1)),
    error: worst.off,
    stderr: worst.stated,
    cv: cv.label,
    at: at(worst),
    against: at(deepest),
  };
  return {
    id: 'step-error',
    message: message('time-step-error', values),
    offer: {
      label: message('offer-integrator', { integrator: 'leimkuhler-matthews' }),
      changes: { integrator: 'leimkuhler-matthews' },
    },
  };
}

/** A place along the cv to a thousandth of its range. */
function placed(value: number, { range: [low, high] }: CollectiveVariable): number {
  const grain = (high - low) / 1000;
  return grain * Math.round(value / grain);
}
