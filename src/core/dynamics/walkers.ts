/** What every run of walkers needs, biased or not. */

import { parameterInput } from '../expression/inputs.ts';
import { type Experiment, group } from '../params/experiment.ts';
import type { Setting, SystemModel } from '../systems/model.ts';
import type { Divergence } from './messages.ts';
import { lostWalkers, thrownOut } from './stability.ts';

/** Bins of the free energy along a cv, over its range. */
export const FREE_ENERGY_BINS = 60;
/** Walkers this many domain widths away have been thrown out by an unstable step. */
const THROWN_OUT = 100;

/** Everything that a step depends on beside state and noise. */
export function stepParameters(
  { model, kT }: Setting,
  experiment: Experiment,
): Readonly<Record<string, number>> {
  const integrator = Object.entries(group(experiment, 'integrator')) as [string, number][];
  return {
    ...model.parameters,
    ...Object.fromEntries(integrator.map(([name, value]) => [parameterInput(name), value])),
    [parameterInput('kT')]: kT,
  };
}

/** What has gone wrong with walkers at `q` (`[coordinate * walkers + walker]`) after `step` steps, or null. */
export function divergenceOf(
  model: SystemModel,
  q: Float64Array,
  from: { readonly start: readonly number[]; readonly dt: number; readonly step: number },
): Divergence | null {
  if (!q.every(Number.isFinite)) return lostWalkers(model, from.start, from.dt, from.step);
  const { system, dimension } = model;
  const walkers = q.length / dimension;
  const inReach = q.every((value, i) => {
    const d = Math.floor(i / walkers);
    if (system.periodic.includes(system.coordinates[d])) return true;
    const [low, high] = system.domain[d];
    return Math.abs(value - (low + high) / 2) < THROWN_OUT * (high - low);
  });
  return inReach ? null : thrownOut(model, from.start, from.dt, from.step);
}
