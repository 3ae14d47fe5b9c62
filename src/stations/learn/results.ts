import { families } from '../../catalog.ts';
import {
  DENSITY_BINS,
  densityDivergence,
  type LikelihoodComparison,
  likelihoodComparison,
} from '../../core/metrics/comparison.ts';
import { type GeneratedMetrics, generatedMetrics } from '../../core/metrics/generated.ts';
import type { Points } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { systemOf } from '../../core/systems/model.ts';
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
import { text } from '../../text/index.ts';

/** What a headless run of station Learn gives. */
/** Exact states on which the likelihood of a model is measured. */
const LIKELIHOOD_STATES = 500;

type GeneratedResult = {
  readonly samples: readonly State[];
  readonly metrics: GeneratedMetrics & OrNull<LikelihoodComparison>;
};

export interface LearnResults {
  readonly training: TrainingResult | null;
  readonly generated: GeneratedResult | null;
}

export const results: StationResults<LearnResults> = {
  empty: { training: null, generated: null },
  run: learn,
  live,
};

/** Steps of training, and of the generated states what is quickly told. */
async function live(experiment: Experiment): Promise<object> {
  const { progress, generated } = learners.learn;
  const training = { steps: progress.get().step };
  const points = generated.get()?.points;
  if (!points || points.values.length === 0) return { training };
  const cells = await reference.cellProbabilities(experiment, DENSITY_BINS).ask();
  const js = densityDivergence(points, cells, systemOf(experiment, families).domain);
  return { training, generated: { metrics: { js } } };
}

const NO_LIKELIHOOD: OrNull<LikelihoodComparison> = {
  logLikelihood: null,
  logLikelihoodExact: null,
  logLikelihoodStderr: null,
};

async function learn(workers: Workers): Promise<LearnResults & RunCost> {
  const { experiment } = workers;
  const { domain } = systemOf(experiment, families);
  const { info, training, trainingEvaluations } = await prepare(workers);
  const { points, networkEvaluations } = await generate(workers, null, 'generating');
  const known = await workers.learn((api) => api.trainingStates());
  const cells = await workers.ask((api) => api.cellProbabilities(experiment, DENSITY_BINS));
  const exact = await exactSamples(workers, null);
  workers.report(text.runs.results.distances, 0);
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
  workers.report(text.runs.results.likelihood, 0);
  const { logDensity } = await workers.learn((api) => api.logLikelihood(experiment, held, null));
  const exact = await workers.ask((api) => api.logDensity(experiment, held));
  return likelihoodComparison(logDensity, exact);
}
