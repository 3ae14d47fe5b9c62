import { families } from '../../catalog.ts';
import { periodOf } from '../../core/dynamics/bias-term.ts';
import { type Asked, requestedOf, valuesOf } from '../../core/generative/conditioning/level.ts';
import { conditionError, coordinate } from '../../core/metrics/comparison.ts';
import { type ConditionalMetrics, conditionalMetrics } from '../../core/metrics/generated.ts';
import { wasserstein1 } from '../../core/metrics/wasserstein.ts';
import type { Points } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { settingOf } from '../../core/systems/model.ts';
import {
  exactSamples,
  generate,
  type OrNull,
  prepare,
  type State,
  statesOf,
  type TrainingResult,
} from '../../shell/results/model-results.ts';
import type { Workers } from '../../shell/results/result-workers.ts';
import type { RunCost, StationResults } from '../../shell/results/station-results.ts';
import { learners } from '../../shell/runs/learning.ts';
import { reference } from '../../shell/runs/reference.ts';
/** What a headless run of station Condition gives. */
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

export interface ConditionResults {
  readonly training: TrainingResult | null;
  readonly conditional: readonly ConditionalResult[];
}

export const results: StationResults<ConditionResults> = {
  empty: { training: null, conditional: [] },
  run: condition,
  live,
};

/** At the first value: how far the samples are from the exact distribution. */
async function live(experiment: Experiment): Promise<object> {
  const { progress, generated } = learners.condition;
  const training = { steps: progress.get().step };
  const [at] = experiment.at;
  const made = generated.get();
  if (!made || made.at !== at || made.points.values.length === 0 || experiment.also !== 'none')
    return { training };
  const distribution = await reference.conditional(experiment, at).ask();
  const free = settingOf(experiment, families).model.system.coordinates.indexOf(distribution.coordinate);
  const w1 = wasserstein1(coordinate(made.points, free), distribution);
  return { training, conditional: [{ at, metrics: { w1 } }] };
}

const NO_LAW: OrNull<Omit<ConditionalMetrics, 'cvError'>> = {
  w1: null,
  w1Floor: null,
  standardised: null,
  ks: null,
  energyDistance: null,
  energyDistanceFloor: null,
};

async function condition(workers: Workers): Promise<ConditionResults & RunCost> {
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
