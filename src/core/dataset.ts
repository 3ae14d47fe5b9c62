/** What a model is trained on. */
import type { Points } from './channels.ts';
import { sampleChain } from './exact/chain-laws.ts';
import { exactDensity } from './exact/density.ts';
import { sampleEquilibrium } from './exact/sample.ts';
import type { Experiment } from './experiment.ts';
import type { Families } from './families.ts';
import { settingOf } from './model.ts';
import { RandomStream } from './random.ts';
import { SimulationRun } from './simulation.ts';

export interface TrainingData {
  readonly points: Points;
  /** Slow variable of each point. */
  readonly cv: Float32Array;
  readonly cvRange: readonly [number, number];
  readonly forceEvaluations: number;
}

/**
 * Training states of an experiment: exact equilibrium samples, or states of the run of station Explore at equally
 * spaced times (a pure function of the experiment either way).
 */
export async function trainingData(experiment: Experiment, families: Families): Promise<TrainingData> {
  const { model, cv: slow } = settingOf(experiment, families);
  const { points, forceEvaluations } =
    experiment.data === 'simulation'
      ? await visited(experiment, families)
      : equilibrium(experiment, families);
  const program = model.observable(slow.value);
  const { dimension, values } = points;
  const cv = Float32Array.from(
    { length: values.length / dimension },
    (_, i) => program.at([...values.subarray(i * dimension, (i + 1) * dimension)])[0],
  );
  const cvRange = cv.reduce<[number, number]>(
    ([low, high], v) => [Math.min(low, v), Math.max(high, v)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  return { points, cv, cvRange, forceEvaluations };
}

type Source = Pick<TrainingData, 'points' | 'forceEvaluations'>;

function equilibrium(experiment: Experiment, families: Families): Source {
  const setting = settingOf(experiment, families);
  const { model, kT } = setting;
  const stream = new RandomStream(experiment.seed, 'data');
  const count = experiment['data.n'] as number;
  const points = model.system.chain
    ? sampleChain(setting, count, stream)
    : sampleEquilibrium(exactDensity(model, kT), count, stream);
  return { points, forceEvaluations: 0 };
}

async function visited(experiment: Experiment, families: Families): Promise<Source> {
  const run = await SimulationRun.create(families, experiment);
  const { dimension } = settingOf(experiment, families).model;
  const count = experiment['data.n'] as number;
  const snapshots = Math.min(run.totalSteps, Math.ceil(count / experiment.walkers));
  const kept = Math.min(count, snapshots * experiment.walkers);
  const values = new Float32Array(kept * dimension);
  for (let k = 1; k <= snapshots; k++) {
    await run.advance(Math.round((k * run.totalSteps) / snapshots) - run.step);
    const { divergence } = await run.frame();
    if (divergence) throw new Error(divergence);
    const offset = (k - 1) * experiment.walkers * dimension;
    values.set((await run.positions()).subarray(0, values.length - offset), offset);
  }
  return { points: { dimension, values }, forceEvaluations: run.forceEvaluations };
}
