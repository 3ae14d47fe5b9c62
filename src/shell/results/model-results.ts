/** Headless runs of the stations Learn and Condition. */
import { families } from '../../catalog.ts';
import { periodOf } from '../../core/dynamics/bias-term.ts';
import type { BackendId } from '../../core/generative/backends.ts';
import { type Asked, requestedOf, valuesOf } from '../../core/generative/conditioning/level.ts';
import { usesNetwork } from '../../core/generative/conditioning/uses-network.ts';
import {
  conditionError,
  DENSITY_BINS,
  type LikelihoodComparison,
  likelihoodComparison,
} from '../../core/metrics/comparison.ts';
import {
  type ConditionalMetrics,
  conditionalMetrics,
  type ExactSamples,
  type GeneratedMetrics,
  generatedMetrics,
} from '../../core/metrics/generated.ts';
import type { Points } from '../../core/numerics/results.ts';
import type { LearnInfo } from '../../core/protocol/learn.ts';
import { settingOf, systemOf } from '../../core/systems/model.ts';
import { TrainingRecord } from '../runs/training-record.ts';
import { BUDGET, type Workers } from './result-workers.ts';

/** Exact states on which the likelihood of a model is measured. */
const LIKELIHOOD_STATES = 500;

/** One state, a number per coordinate. */
type State = readonly number[];

type OrNull<T> = { readonly [K in keyof T]: T[K] | null };

export interface ConditionalResult {
  readonly at: number;
  readonly samples: readonly State[];
  /** Null for two slow variables at once, which leave nothing free of two coordinates. */
  readonly exact: {
    readonly coordinate: string;
    readonly x: readonly number[];
    readonly density: readonly number[];
  } | null;
  readonly metrics: OrNull<Omit<ConditionalMetrics, 'cvError'>> & {
    readonly cvError: number;
    /** Of the second slow variable. */
    readonly alsoError: number | null;
  };
}

export interface TrainingResult {
  readonly steps: number;
  readonly loss: readonly number[];
  /** Loss of the averaged weights on states held out of training. */
  readonly validation: readonly { readonly step: number; readonly loss: number }[];
}

export interface ModelResults {
  readonly training: TrainingResult | null;
  readonly generated: {
    readonly samples: readonly State[];
    readonly metrics: GeneratedMetrics & OrNull<LikelihoodComparison>;
  } | null;
  readonly conditional: readonly ConditionalResult[];
}

/** What a run adds, with its costs. */
type Found = Partial<ModelResults> & {
  readonly learning: BackendId | null;
  readonly forceEvaluations: number;
  readonly networkEvaluations: number;
};

const NO_LIKELIHOOD: OrNull<LikelihoodComparison> = {
  logLikelihood: null,
  logLikelihoodExact: null,
  logLikelihoodStderr: null,
};

const NO_LAW: OrNull<Omit<ConditionalMetrics, 'cvError'>> = {
  w1: null,
  w1Floor: null,
  standardised: null,
  ks: null,
  energyDistance: null,
  energyDistanceFloor: null,
};

export async function learn(workers: Workers): Promise<Found> {
  const { experiment } = workers;
  const { domain } = systemOf(experiment, families);
  const { info, training, trainingEvaluations } = await prepare(workers);
  const { points, networkEvaluations } = await generate(workers, null, 'generating');
  const known = await workers.learn((api) => api.trainingStates());
  const cells = await workers.ask((api) => api.cellProbabilities(experiment, DENSITY_BINS));
  const exact = await exactSamples(workers, null);
  workers.report('measuring distances', 0);
  return {
    training,
    generated: {
      samples: statesOf(points),
      metrics: {
        ...generatedMetrics(points, exact, { cells, domain }, known),
        ...(training ? await likelihood(workers, exact.floor) : NO_LIKELIHOOD),
      },
    },
    learning: training && info.backend,
    forceEvaluations: info.forceEvaluations,
    networkEvaluations: trainingEvaluations + networkEvaluations,
  };
}

/** On the first states of `floor`. A measurement, so that its network evaluations are no cost of the method. */
async function likelihood(workers: Workers, floor: Points): Promise<LikelihoodComparison> {
  const { experiment } = workers;
  const { dimension } = floor;
  const held = { dimension, values: floor.values.slice(0, LIKELIHOOD_STATES * dimension) };
  workers.report('measuring the likelihood', 0);
  const { logDensity } = await workers.learn((api) => api.logLikelihood(experiment, held, null));
  const exact = await workers.ask((api) => api.logDensity(experiment, held));
  return likelihoodComparison(logDensity, exact);
}

export async function condition(workers: Workers): Promise<Found> {
  const { experiment } = workers;
  const { info, training, trainingEvaluations } = await prepare(workers);
  const conditional: ConditionalResult[] = [];
  let evaluations = trainingEvaluations;
  for (const at of experiment.at) {
    const { points, networkEvaluations } = await generate(workers, at, `generating at ${at}`);
    evaluations += networkEvaluations;
    conditional.push(await conditionalResult(workers, at, points));
  }
  return {
    training,
    conditional,
    learning: training && info.backend,
    forceEvaluations: info.forceEvaluations,
    networkEvaluations: evaluations,
  };
}

async function conditionalResult(workers: Workers, at: number, points: Points): Promise<ConditionalResult> {
  const { experiment } = workers;
  const { model } = settingOf(experiment, families);
  const [first, second] = requestedOf(experiment, model, at);
  const errorOf = ({ cv, at: value }: Asked) =>
    conditionError(valuesOf(model, cv.value, points), value, periodOf(cv));
  const samples = statesOf(points);
  if (second) {
    const metrics = { ...NO_LAW, cvError: errorOf(first), alsoError: errorOf(second) };
    return { at, samples, exact: null, metrics };
  }
  const distribution = await workers.ask((api) => api.conditional(experiment, at));
  const values = valuesOf(model, first.cv.value, points);
  const metrics = conditionalMetrics(
    points,
    await exactSamples(workers, at),
    distribution,
    model.system.coordinates,
    {
      values,
      period: periodOf(first.cv),
    },
  );
  return {
    at,
    samples,
    exact: {
      coordinate: distribution.coordinate,
      x: [...distribution.x],
      density: [...distribution.density],
    },
    metrics: { ...metrics, alsoError: null },
  };
}

/** The reference comes from another seed than the floor. */
async function exactSamples(workers: Workers, at: number | null): Promise<ExactSamples> {
  const { experiment } = workers;
  const other = { ...experiment, seed: (experiment.seed + 1) >>> 0 };
  const [floor, reference] = [experiment, other].map((of) =>
    workers.ask((api) => api.sample(of, of.samples, at)),
  );
  return { floor: await floor, reference: await reference };
}

/** Data, and a trained network where samples come from one. */
async function prepare(workers: Workers): Promise<{
  info: LearnInfo;
  training: TrainingResult | null;
  trainingEvaluations: number;
}> {
  workers.report('preparing data and backend', 0);
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
    workers.report('training', frame.step / frame.steps);
    if (frame.divergence) throw new Error(frame.divergence);
    if (!frame.done) continue;
    const validation = record.validation.map(({ step, loss }) => ({ step, loss: rounded(loss) }));
    const training = { steps: frame.step, loss: Array.from(record.losses(), rounded), validation };
    return { info, training, trainingEvaluations: frame.networkEvaluations };
  }
}

async function generate(
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

function statesOf({ dimension, values }: Points): State[] {
  return Array.from({ length: values.length / dimension }, (_, n) =>
    Array.from(values.subarray(n * dimension, (n + 1) * dimension), rounded),
  );
}

/** Seven digits are all that a single-precision number holds. */
function rounded(value: number): number {
  return Number(value.toPrecision(7));
}
