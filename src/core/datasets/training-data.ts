/** What a model is trained on. */

import { sampleChain } from '../exact/chain-distributions.ts';
import { exactDensity } from '../exact/density.ts';
import { sampleEquilibrium } from '../exact/sample.ts';
import { dataSettingsOf } from '../generative/training-settings.ts';
import { Problem } from '../message.ts';
import { RandomStream } from '../numerics/random.ts';
import type { Experiment } from '../params/experiment.ts';
import { SimulationRun } from '../sampling/simulation.ts';
import type { Families } from '../settings/families.ts';
import { settingOf } from '../systems/model.ts';
import { biasedStates } from './biased.ts';
import { cvOfStates } from './cv-of-states.ts';
import { evenStates } from './even.ts';
import { isOwn, ownStates } from './own.ts';
import type { Source } from './source.ts';

export interface TrainingData extends Source {
  /** Slow variable of each point. */
  readonly cv: Float32Array;
  readonly cvRange: readonly [number, number];
}

/**
 * Training states of an experiment: exact equilibrium samples, states of the run of station Explore at equally spaced
 * times, states of the run of station Bias, or states that a person brings (a pure function of the experiment and of those).
 * @param own states of a file or drawn by hand, row by row
 * @throws Problem that says why there are none
 */
export async function trainingData(
  experiment: Experiment,
  families: Families,
  own: Float32Array | null = null,
): Promise<TrainingData> {
  const source = await sourceOf(experiment, families, own);
  const cv = cvOfStates(source.points, settingOf(experiment, families));
  const cvRange = cv.reduce<[number, number]>(
    ([low, high], v) => [Math.min(low, v), Math.max(high, v)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  return { ...source, cv, cvRange };
}

async function sourceOf(
  experiment: Experiment,
  families: Families,
  own: Float32Array | null,
): Promise<Source> {
  const { data } = experiment;
  if (isOwn(data)) {
    const { system } = settingOf(experiment, families).model;
    return ownStates({ ...experiment, data }, system, own);
  }
  if (data === 'even') return evenStates(experiment, families);
  if (data === 'biased') return biasedStates(experiment, families);
  return data === 'simulation' ? visited(experiment, families) : equilibrium(experiment, families);
}

function equilibrium(experiment: Experiment, families: Families): Source {
  const setting = settingOf(experiment, families);
  const { model, kT } = setting;
  const stream = new RandomStream(experiment.seed, 'data');
  const count = dataSettingsOf(experiment).n;
  const points = model.system.chain
    ? sampleChain(setting, count, stream)
    : sampleEquilibrium(exactDensity(model, kT), count, stream);
  return { points, forceEvaluations: 0, remarks: [] };
}

async function visited(experiment: Experiment, families: Families): Promise<Source> {
  const run = await SimulationRun.create(families, experiment);
  const { dimension } = settingOf(experiment, families).model;
  const count = dataSettingsOf(experiment).n;
  const snapshots = Math.min(run.totalSteps, Math.ceil(count / experiment.walkers));
  const kept = Math.min(count, snapshots * experiment.walkers);
  const values = new Float32Array(kept * dimension);
  for (let k = 1; k <= snapshots; k++) {
    await run.advance(Math.round((k * run.totalSteps) / snapshots) - run.step);
    const { divergence } = await run.frame();
    if (divergence) throw new Problem(divergence);
    const offset = (k - 1) * experiment.walkers * dimension;
    values.set((await run.positions()).subarray(0, values.length - offset), offset);
  }
  return { points: { dimension, values }, forceEvaluations: run.forceEvaluations, remarks: [] };
}
