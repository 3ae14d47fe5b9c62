/** Whether a system can be taken through station Couple at all. */
import { boundProblem } from '../exact/bound-problem.ts';
import { inSymbols } from '../expression/symbols.ts';
import type { Experiment } from '../params/experiment.ts';
import type { SamplingFamilies } from '../sampling/method.ts';
import { settingOf } from '../systems/model.ts';

/** What stands against it and what to do, or null. A grid decides whether there is an equilibrium. */
export function couplingProblem(experiment: Experiment, families: SamplingFamilies): string | null {
  return shapeProblem(experiment, families) ?? boundProblem(experiment, families);
}

/** The part that follows from what the system is, without a grid. */
export function shapeProblem(experiment: Experiment, families: SamplingFamilies): string | null {
  const { model, cv, cvCoordinate } = settingOf(experiment, families);
  const { title, energy, hidden, periodic, coordinates } = model.system;
  if (energy === null)
    return `The ${title} has no potential: no move can be accepted or rejected by its energy, and no bias undone.`;
  if (hidden)
    return `The ${title} moves in coordinates that are not seen: a model of what is seen cannot place its walkers.`;
  if (model.dimension === 1)
    return `The ${title} has one coordinate: beside the slow variable there is nothing left to generate.`;
  if (model.dimension > 2 && !model.system.chain)
    return `The ${title} has ${model.dimension} coordinates and is no chain: there is no exact free energy to compare with.`;
  if (cvCoordinate < 0)
    return `The slow variable ${cv.label} is no coordinate: a move must leave it as it is. Choose one of ${coordinates.map(inSymbols).join(', ')}.`;
  if (periodic.length > 0)
    return `The ${title} is periodic in ${periodic.join(', ')}: windows are put from one end of a range to the other.`;
  return null;
}
