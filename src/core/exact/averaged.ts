/**
 * The averaged equation of a fast/slow system: what the slow variable does when the others are infinitely fast,
 * dz = -m A'(z) dt + sqrt(2 kT m) dW (Pavliotis, Stuart, Multiscale Methods (2008), chapter 10).
 */

import type { DynamicsFamilies } from '../dynamics/contract.ts';
import { complete } from '../numerics/task.ts';
import { type Experiment, group } from '../params/experiment.ts';
import type { ParamValues } from '../params/params.ts';
import type { Averaged } from '../systems/contract.ts';
import { SystemModel } from '../systems/model.ts';
import { regionsOf } from '../systems/regions.ts';
import { above, below, meanFirstPassageTime } from './first-passage.ts';
import { valueAt } from './generator.ts';
import { generatorOf } from './model-generator.ts';

/** The averaged equation as a system of one coordinate z, at temperature kT. */
export function averagedModel(
  averaged: Averaged,
  params: ParamValues,
  kT: number,
  range: readonly [number, number],
): SystemModel {
  return new SystemModel(
    {
      id: 'averaged-equation',
      coordinates: ['z'],
      domain: [range],
      params: {},
      energy: averaged.energy,
      mobility: [averaged.mobility],
      cvs: [{ id: 'z', label: 'z', value: 'z', range }],
      facts: { minima: [], saddles: [] },
      start: [range[0]],
      suggest: {},
    },
    { ...params, kT },
  );
}

/** Mean first-passage time of the averaged equation between start and target; null where there is no such equation. */
export function averagedPassageTime(experiment: Experiment, families: DynamicsFamilies): number | null {
  const system = families.systems[experiment.system];
  if (!system.averaged) return null;
  const params = group(experiment, 'system');
  const full = new SystemModel(system, params);
  const regions = regionsOf(experiment, full.system);
  const cv = full.system.cvs.find(({ id }) => id === system.averaged?.cv);
  if (!regions || !cv) return null;
  const slow = full.observable(cv.value);
  const [from, to] = [regions.start.center, regions.target.center].map((at) => slow.at(at)[0]);
  const grid = generatorOf(averagedModel(system.averaged, params, experiment.kT, cv.range), experiment.kT);
  const { radius } = regions.target;
  const target = to > from ? above(0, to - radius) : below(0, to + radius);
  const time = valueAt(grid, complete(meanFirstPassageTime(grid, target)), [from]);
  return time > 0 ? time : null;
}
