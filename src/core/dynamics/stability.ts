/** How long a time step may be. */

import type { SystemModel } from '../systems/model.ts';
import type { Integrator } from './contract.ts';
import { type Divergence, message } from './messages.ts';

/**
 * Shares of a distance that one step may undo, where a force pulls a walker back in proportion to its distance: an overdamped step
 * moves it by (stiffness times mobility times dt) times the distance. Above 2 walkers are thrown out.
 */
export const STEP_SHARES = {
  /** Above it a step goes beyond the place that it is pulled to. */
  overshoots: 1,
  /** Springs of designed windows. */
  window: 0.3,
  /** Springs that are chosen here, and those that hold or pull: the step's error in the width is half of this. */
  chosen: 0.2,
  /** Of the longest time step, where one is offered instead of a step that is too long. */
  offered: 0.2,
} as const;

/** Share of the domain over which the curvature is taken: short of that, a kink has any curvature. */
const REACH = 0.005;

/**
 * 2 / (largest mobility-weighted curvature) at a point, the limit of overdamped steps in a quadratic well; the trace of
 * M Hessian stands in for its largest eigenvalue. Null where the energy does not curve upwards.
 */
export function stableTimeStep(model: SystemModel, at: readonly number[]): number | null {
  const rate = at.reduce((sum, value, d) => {
    const [low, high] = model.system.domain[d];
    const reach = REACH * (high - low);
    const slope = (delta: number) => model.gradientAt(at.with(d, value + delta))[d];
    return sum + (model.mobility[d] * (slope(reach) - slope(-reach))) / (2 * reach);
  }, 0);
  return rate > 0 && Number.isFinite(rate) ? 2 / rate : null;
}

/** A time step well within the limit at a point, with one digit. */
export function safeTimeStep(model: SystemModel, at: readonly number[]): number | null {
  const limit = stableTimeStep(model, at);
  return limit && Number((STEP_SHARES.offered * limit).toPrecision(1));
}

/** Whether the limit applies: steps that propose cannot be thrown out, paths with inertia have another limit. */
export function isOverdamped({ order, params }: Integrator): boolean {
  return order !== null && !('friction' in params);
}

/** What a run tells whose walkers have left every bound. */
export function thrownOut(
  model: SystemModel,
  start: readonly number[],
  dt: number,
  step: number,
): Divergence {
  const safe = model.energyNode === null ? null : safeTimeStep(model, start);
  // A step that is short enough is not to blame.
  if (safe !== null && safe >= dt) return message('left-the-domain', { step });
  return message('time-step-too-long', { dt, step, safe });
}

/**
 * What a run tells whose walkers are nowhere: a force that is not a number at the start is the energy's fault, later it may
 * be that of the step.
 */
export function lostWalkers(
  model: SystemModel,
  start: readonly number[],
  dt: number,
  step: number,
): Divergence {
  if (model.energyNode === null || model.gradientAt(start).every(Number.isFinite))
    return thrownOut(model, start, dt, step);
  return message('force-not-finite', { start });
}
