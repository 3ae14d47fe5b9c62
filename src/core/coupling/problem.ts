/** Whether a system can be taken through station Couple at all. */

import { boundProblem } from '../exact/bound-problem.ts';
import type { Message } from '../message.ts';
import type { Experiment } from '../params/experiment.ts';
import type { SamplingFamilies } from '../sampling/method.ts';
import { settingOf } from '../systems/model.ts';
import { message } from './messages.ts';

/** What stands against it and what to do, or null. A grid decides whether there is an equilibrium. */
export function couplingProblem(experiment: Experiment, families: SamplingFamilies): Message | null {
  return shapeProblem(experiment, families) ?? boundProblem(experiment, families);
}

/** The part that follows from what the system is, without a grid. */
export function shapeProblem(experiment: Experiment, families: SamplingFamilies): Message | null {
  const { model, cv, cvCoordinate } = settingOf(experiment, families);
  const { id: system, energy, hidden, periodic, coordinates } = model.system;
  const { dimension } = model;
  if (energy === null) return message('coupling-needs-potential', { system });
  if (hidden) return message('coupling-needs-visible-coordinates', { system });
  if (dimension === 1) return message('coupling-needs-two-coordinates', { system });
  if (dimension > 2 && !model.system.chain)
    return message('coupling-needs-exact-free-energy', { system, dimension });
  if (cvCoordinate < 0) return message('coupling-needs-coordinate', { cv: cv.label, coordinates });
  if (periodic.length > 0) return message('coupling-needs-open-range', { system, periodic });
  return null;
}
