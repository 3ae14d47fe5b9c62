/** What all methods of a comparison share: windows, remaining coordinate, moves. */

import type { Window } from '../estimators/window-samples.ts';
import { Problem } from '../message.ts';
import { linspace } from '../numerics/results.ts';
import type { Experiment } from '../params/experiment.ts';
import { group } from '../params/experiment.ts';
import type { Lab } from '../sampling/lab.ts';
import { Springs } from '../sampling/umbrella/stiffness.ts';
import { message } from './messages.ts';
import { coupleSettingsOf } from './settings.ts';

/** Steps between two records, at most. */
const STRIDE = 5;

export interface CouplePlan {
  readonly windows: readonly Window[];
  readonly spacing: number;
  /** Thermal width sqrt(kT/k) of a window. */
  readonly width: number;
  /** Index of the coordinate that is the cv, and of those that remain: the next one first, and on around a ring. */
  readonly cvCoordinate: number;
  readonly rests: readonly number[];
  /** Their plotted ranges. */
  readonly restRanges: readonly (readonly [number, number])[];
  /** Steps between two moves, and between two records. */
  readonly every: number;
  readonly stride: number;
  readonly rounds: number;
  readonly at: readonly number[];
}

/** @throws Problem that names the setting which does not fit */
export function planOf(lab: Lab): CouplePlan {
  const { experiment, setting, kT, model } = lab;
  const { windows: count, low, high, springConstant, every, rounds } = coupleSettingsOf(experiment);
  if (!(low < high)) throw new Problem(message('couple-low-above-high', { low, high }));
  const spacing = (high - low) / (count - 1);
  const spring = springConstant[0] ?? kT / spacing ** 2;
  const { dimension, system } = model;
  const rests = Array.from({ length: dimension - 1 }, (_, k) => (setting.cvCoordinate + 1 + k) % dimension);
  return {
    windows: Array.from(linspace(low, high, count), (center) => ({ center, springConstant: spring })),
    spacing,
    width: Math.sqrt(kT / spring),
    cvCoordinate: setting.cvCoordinate,
    rests,
    restRanges: rests.map((rest) => system.domain[rest]),
    every,
    stride: Math.min(STRIDE, every),
    rounds,
    at: experiment.at,
  };
}

/** @throws Problem if the time step does not carry the springs where walkers are */
export function checkSprings(
  lab: Lab,
  { windows }: CouplePlan,
  states: Float64Array,
  of: ArrayLike<number>,
): void {
  const problem = new Springs(lab, windows, false).settleAll(states, of);
  if (problem) throw new Problem(problem.message);
}

/** Time step that a result names. */
export function timeStepOf(experiment: Experiment): number {
  return group(experiment, 'integrator').dt as number;
}

/** Whether a move is due after the stride that ended with this step. */
export function isMoveDue(step: number, { every, stride }: CouplePlan): boolean {
  return step % every < stride;
}
