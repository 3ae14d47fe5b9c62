/** What headless runs share that train a model or generate with one. */
import { families } from '../../catalog.ts';
import { usesNetwork } from '../../core/generative/conditioning/uses-network.ts';
import { Problem } from '../../core/message.ts';
import type { ExactSamples } from '../../core/metrics/generated.ts';
import type { Points } from '../../core/numerics/results.ts';
import type { LearnInfo } from '../../core/protocol/learn.ts';
import { settingOf } from '../../core/systems/model.ts';
import { text } from '../../text/index.ts';
import { TrainingRecord } from '../runs/training-record.ts';
import { BUDGET, type Workers } from './result-workers.ts';

/** One state, a number per coordinate. */
export type State = readonly number[];

export type OrNull<T> = { readonly [K in keyof T]: T[K] | null };

export interface TrainingResult {
  readonly steps: number;
  readonly loss: readonly number[];
  /** Loss of the averaged weights on states held out of training. */
  readonly validation: readonly { readonly step: number; readonly loss: number }[];
}

/** The reference comes from another seed than the floor. */
export async function exactSamples(workers: Workers, at: number | null): Promise<ExactSamples> {
  const { experiment } = workers;
  const other = { ...experiment, seed: (experiment.seed + 1) >>> 0 };
  const [floor, reference] = [experiment, other].map((of) =>
    workers.ask((api) => api.sample(of, of.samples, at)),
  );
  return { floor: await floor, reference: await reference };
}

/** Data, and a trained network where samples come from one. */
export async function prepare(workers: Workers): Promise<{
  info: LearnInfo;
  training: TrainingResult | null;
  trainingEvaluations: number;
}> {
  workers.report(text.runs.results.preparing, 0);
  const info = await workers.learn((api) => api.start(workers.experiment, workers.backend));
  return usesNetwork(workers.experiment, families)
    ? train(workers, info)
    : { info, training: null, trainingEvaluations: 0 };
}

async function train(
  workers: Workers,
  begun: LearnInfo,
): Promise<{ info: LearnInfo; training: TrainingResult; trainingEvaluations: number }> {
  let info = begun;
  const record = new TrainingRecord();
  for (;;) {
    const frame = await workers.learn((api) => api.train(BUDGET));
    record.append(frame);
    if (frame.resumed) info = { ...info, backend: frame.resumed.to };
    workers.report(text.runs.results.training, frame.step / frame.steps);
    if (frame.divergence) throw new Problem(frame.divergence);
    if (!frame.done) continue;
    const validation = record.validation.map(({ step, loss }) => ({ step, loss: rounded(loss) }));
    const training = { steps: frame.step, loss: Array.from(record.losses(), rounded), validation };
    return { info, training, trainingEvaluations: frame.networkEvaluations };
  }
}

export async function generate(
  workers: Workers,
  at: number | null,
  phase: string,
): Promise<{ points: Points; networkEvaluations: number }> {
  const { experiment } = workers;
  const { dimension } = settingOf(experiment, families).model;
  const values = new Float32Array(experiment.samples * dimension);
  await workers.learn((api) => api.beginGeneration(experiment, experiment.samples, at));
  for (let filled = 0; ; ) {
    const { samples, generated, done, networkEvaluations } = await workers.learn((api) =>
      api.generate(BUDGET),
    );
    values.set(samples.values, filled);
    filled += samples.values.length;
    workers.report(phase, generated / experiment.samples);
    if (done) return { points: { dimension, values }, networkEvaluations };
  }
}

export function statesOf({ dimension, values }: Points): State[] {
  return Array.from({ length: values.length / dimension }, (_, n) =>
    Array.from(values.subarray(n * dimension, (n + 1) * dimension), rounded),
  );
}

/** Seven digits are all that a single-precision number holds. */
function rounded(value: number): number {
  return Number(value.toPrecision(7));
}
