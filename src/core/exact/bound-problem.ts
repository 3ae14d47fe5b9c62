/** Whether a potential has an equilibrium at all. */

import type { DynamicsFamilies } from '../dynamics/contract.ts';
import { type Message, toldBy } from '../message.ts';
import type { Experiment } from '../params/experiment.ts';
import { settingOf } from '../systems/model.ts';
import { transferOperatorOf } from './chain-distributions.ts';
import { supportOf } from './density.ts';

/** What is wrong with the energy and what mends it, or null; null too where no grid can tell. */
export function boundProblem(experiment: Experiment, families: DynamicsFamilies): Message | null {
  const { model, kT } = settingOf(experiment, families);
  if (model.energyNode === null || (model.dimension > 2 && !model.system.chain)) return null;
  try {
    if (model.system.chain) transferOperatorOf(model, kT);
    else supportOf(model, kT);
    return null;
  } catch (error) {
    return toldBy(error);
  }
}
