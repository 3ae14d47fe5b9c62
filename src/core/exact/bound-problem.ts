/** Whether a potential has an equilibrium at all. */

import type { DynamicsFamilies } from '../dynamics/contract.ts';
import type { Experiment } from '../params/experiment.ts';
import { settingOf } from '../systems/model.ts';
import { transferOperatorOf } from './chain-distributions.ts';
import { supportOf } from './density.ts';

/** What is wrong with the energy and what mends it, or null; null too where no grid can tell. */
export function boundProblem(experiment: Experiment, families: DynamicsFamilies): string | null {
  const { model, kT } = settingOf(experiment, families);
  const { title, coordinates } = model.system;
  if (model.energyNode === null || (model.dimension > 2 && !model.system.chain)) return null;
  try {
    if (model.system.chain) transferOperatorOf(model, kT);
    else supportOf(model, kT);
    return null;
  } catch (error) {
    const wall = coordinates.map((name) => `${name}^4`).join(' + ');
    const reason = error instanceof Error ? error.message : String(error);
    return model.system.chain
      ? reason
      : `${title}: ${reason} Add a term that grows in all directions, such as 0.1*(${wall}).`;
  }
}
