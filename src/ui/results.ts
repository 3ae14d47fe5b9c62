/**
 * Runs an experiment to its end and states the numbers behind its plots with their exact references. What comes out is
 * a pure function of (experiment, backend); its keys are a contract, described in docs/results.md.
 */
import type * as Comlink from 'comlink';
import { families } from '../catalog.ts';
import type { Points } from '../core/channels.ts';
import {
  conditionalDistance,
  conditionError,
  DENSITY_BINS,
  densityDivergence,
  type LikelihoodComparison,
  likelihoodComparison,
} from '../core/comparison.ts';
import type { Experiment } from '../core/experiment.ts';
import { settingOf, systemOf } from '../core/model.ts';
import type {
  BackendId,
  BiasApi,
  BiasHistory,
  LearnApi,
  LearnInfo,
  ReferenceApi,
  SimulateApi,
} from '../core/protocol.ts';
import { encodeQuery } from '../core/query.ts';
import type { EngineId } from '../core/step-graph.ts';
import { FREE_ENERGY_BINS } from '../core/walkers.ts';
import { type BiasReferences, type BiasResults, biasResults } from './bias-results.ts';
import { type ExploreResults, exploreResults } from './explore-results.ts';
import { stationProblem } from './parts/system.ts';
import { TrainingRecord } from './runs/training-record.ts';
import { biasWorker, learnWorker, type Remote, referenceWorker, simulateWorker } from './workers.ts';

export const RESULTS_SCHEMA = 1;

/** One state, a number per coordinate. */
type State = readonly number[];

export interface ConditionalResult {
  readonly at: number;
  readonly samples: readonly State[];
  readonly exact: {
    readonly coordinate: string;
    readonly x: readonly number[];
    readonly density: readonly number[];
  };
  readonly metrics: { readonly w1: number; readonly w1Floor: number; readonly cvError: number };
}

export interface TrainingResult {
  readonly steps: number;
  readonly loss: readonly number[];
  /** Loss of the averaged weights on states held out of training. */
  readonly validation: readonly { readonly step: number; readonly loss: number }[];
}

export interface Results {
  readonly schema: typeof RESULTS_SCHEMA;
  readonly experiment: Experiment;
  readonly link: string;
  readonly backend: {
    readonly simulation: EngineId;
    readonly threads: number;
    readonly learning: BackendId | null;
  };
  readonly cost: {
    readonly forceEvaluations: number;
    readonly networkEvaluations: number;
    readonly seconds: number;
  };
  readonly method: string | null;
  readonly freeEnergy: ExploreResults['freeEnergy'] | BiasResults['freeEnergy'];
  readonly windows: BiasResults['windows'];
  readonly overlap: BiasResults['overlap'];
  readonly warnings: BiasResults['warnings'];
  readonly convergence: BiasResults['convergence'];
  readonly figures: BiasResults['figures'];
  readonly reweighted: BiasResults['reweighted'];
  readonly observable: BiasResults['observable'];
  readonly firstPassage: ExploreResults['firstPassage'];
  readonly moments: ExploreResults['moments'] | null;
  readonly acceptance: ExploreResults['acceptance'];
  readonly statisticalInefficiency: ExploreResults['statisticalInefficiency'];
  readonly generator: ExploreResults['generator'];
  readonly training: TrainingResult | null;
  readonly generated: {
    readonly samples: readonly State[];
    readonly metrics: { readonly js: number; readonly jsFloor: number } & LikelihoodComparison;
  } | null;
  readonly conditional: readonly ConditionalResult[];
}

export interface Progress {
  readonly phase: string;
  /** 0 to 1 within the phase. */
  readonly fraction: number;
}

export interface RunOptions {
  readonly backend: BackendId | 'auto';
  readonly onProgress: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

/** What the stations add to an empty result. */
type Findings = Pick<
  Results,
  keyof ExploreResults | keyof BiasResults | 'training' | 'generated' | 'conditional'
> & {
  simulation: EngineId;
  threads: number;
  learning: BackendId | null;
  forceEvaluations: number;
  networkEvaluations: number;
};

/** Wall time of a worker between two reports of progress, ms. */
const BUDGET = 100;

/** Exact states on which the likelihood of a model is measured. */
const LIKELIHOOD_STATES = 500;

/** @throws Error when the station cannot use the system, a worker fails, the simulation or the training diverges, or `signal` is aborted */
export async function runExperiment(experiment: Experiment, options: RunOptions): Promise<Results> {
  const begin = performance.now();
  const problem = stationProblem(experiment);
  if (problem) throw new Error(problem);
  const workers = new Workers(experiment, options);
  try {
    const { simulation, threads, learning, forceEvaluations, networkEvaluations, ...findings } =
      await runStation(workers);
    const seconds = (performance.now() - begin) / 1000;
    return {
      schema: RESULTS_SCHEMA,
      experiment,
      link: encodeQuery(experiment, families),
      backend: { simulation, threads, learning },
      cost: { forceEvaluations, networkEvaluations, seconds },
      ...findings,
    };
  } finally {
    workers.end();
  }
}

/** Workers of one run, so that it neither disturbs the page nor is disturbed. */
class Workers {
  private readonly simulator: Remote<SimulateApi> = simulateWorker();
  private readonly biaser: Remote<BiasApi> = biasWorker();
  private readonly reference: Remote<ReferenceApi> = referenceWorker();
  private readonly learner: Remote<LearnApi> = learnWorker();

  constructor(
    readonly experiment: Experiment,
    private readonly options: RunOptions,
  ) {
    options.signal?.addEventListener('abort', () => this.end());
  }

  get backend(): BackendId | 'auto' {
    return this.options.backend;
  }

  report(phase: string, fraction: number): void {
    this.options.signal?.throwIfAborted();
    this.options.onProgress({ phase, fraction });
  }

  simulate<R>(use: (api: Comlink.Remote<SimulateApi>) => Promise<R>): Promise<R> {
    return this.simulator.call(use);
  }

  ask<R>(use: (api: Comlink.Remote<ReferenceApi>) => Promise<R>): Promise<R> {
    return this.reference.call(use);
  }

  bias<R>(use: (api: Comlink.Remote<BiasApi>) => Promise<R>): Promise<R> {
    return this.biaser.call(use);
  }

  learn<R>(use: (api: Comlink.Remote<LearnApi>) => Promise<R>): Promise<R> {
    return this.learner.call(use);
  }

  end(): void {
    for (const remote of [this.simulator, this.biaser, this.reference, this.learner]) remote.restart();
  }
}

async function runStation(workers: Workers): Promise<Findings> {
  const nothing: Findings = {
    method: null,
    freeEnergy: null,
    windows: [],
    overlap: null,
    warnings: [],
    convergence: [],
    figures: {},
    reweighted: null,
    observable: null,
    firstPassage: null,
    moments: null,
    acceptance: null,
    statisticalInefficiency: null,
    generator: null,
    training: null,
    generated: null,
    conditional: [],
    simulation: 'wasm',
    threads: 1,
    learning: null,
    forceEvaluations: 0,
    networkEvaluations: 0,
  };
  const { station } = workers.experiment;
  switch (station) {
    case 'explore':
      return { ...nothing, ...(await explore(workers)) };
    case 'bias':
      return { ...nothing, ...(await bias(workers)) };
    case 'learn':
      return { ...nothing, ...(await learn(workers)) };
    case 'condition':
      return { ...nothing, ...(await condition(workers)) };
    default:
      return station satisfies never;
  }
}

async function explore(workers: Workers): Promise<Partial<Findings>> {
  const { experiment } = workers;
  await workers.simulate((api) => api.start(experiment, navigator.hardwareConcurrency));
  for (;;) {
    const frame = await workers.simulate((api) => api.advance(BUDGET, Number.MAX_SAFE_INTEGER));
    workers.report('simulating', frame.time / experiment.time);
    if (frame.divergence) throw new Error(frame.divergence);
    if (!frame.done) continue;
    workers.report('solving for exact references', 0);
    const bins = frame.freeEnergy.cv.length;
    // Without a potential, or with one that has no equilibrium, there is no exact answer: the estimate stands alone.
    const exact = await workers.ask((api) => api.freeEnergy(experiment, bins)).catch(() => null);
    const rates = await workers.ask((api) => api.rates(experiment)).catch(() => null);
    return {
      ...exploreResults(frame, exact, rates),
      simulation: frame.engine.id,
      threads: frame.engine.parts,
      forceEvaluations: frame.forceEvaluations,
    };
  }
}

async function bias(workers: Workers): Promise<Partial<Findings>> {
  const { experiment } = workers;
  await workers.bias((api) => api.start(experiment));
  const history: BiasHistory[] = [];
  for (;;) {
    const frame = await workers.bias((api) => api.advance(BUDGET, Number.MAX_SAFE_INTEGER));
    workers.report(frame.view.phase, frame.forceEvaluations / frame.budget);
    history.push(...frame.history);
    if (!frame.done || !frame.finding) continue;
    workers.report('solving for exact references', 0);
    const references = await biasReferences(workers);
    return {
      ...biasResults(experiment.method, frame.finding, history, frame, references),
      forceEvaluations: frame.forceEvaluations,
    };
  }
}

async function biasReferences(workers: Workers): Promise<BiasReferences> {
  const { experiment } = workers;
  const { reweight, observable } = experiment;
  const along = (cv: string) =>
    workers.ask((api) => api.freeEnergy({ ...experiment, cv }, FREE_ENERGY_BINS)).catch(() => null);
  return {
    freeEnergy: await along(experiment.cv),
    reweighted: reweight === 'none' ? null : await along(reweight),
    mean: observable ? await workers.ask((api) => api.mean(experiment, observable)).catch(() => null) : null,
  };
}

async function learn(workers: Workers): Promise<Partial<Findings>> {
  const { experiment } = workers;
  const { domain } = systemOf(experiment, families);
  const { info, training, trainingEvaluations } = await train(workers);
  const { points, networkEvaluations } = await generate(workers, null, 'generating');
  const cells = await workers.ask((api) => api.cellProbabilities(experiment, DENSITY_BINS));
  const floor = await workers.ask((api) => api.sample(experiment, experiment.samples, null));
  return {
    training,
    generated: {
      samples: statesOf(points),
      metrics: {
        js: densityDivergence(points, cells, domain),
        jsFloor: densityDivergence(floor, cells, domain),
        ...(await likelihood(workers, floor)),
      },
    },
    learning: info.backend,
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

async function condition(workers: Workers): Promise<Partial<Findings>> {
  const { experiment } = workers;
  const { cvCoordinate } = settingOf(experiment, families);
  const { info, training, trainingEvaluations } = await train(workers);
  const conditional: ConditionalResult[] = [];
  let evaluations = trainingEvaluations;
  for (const at of experiment.at) {
    const { points, networkEvaluations } = await generate(workers, at, `generating at ${at}`);
    const law = await workers.ask((api) => api.conditional(experiment, at));
    const floor = await workers.ask((api) => api.sample(experiment, experiment.samples, at));
    evaluations += networkEvaluations;
    conditional.push({
      at,
      samples: statesOf(points),
      exact: { coordinate: law.coordinate, x: [...law.x], density: [...law.density] },
      metrics: {
        w1: conditionalDistance(points, 1 - cvCoordinate, law),
        w1Floor: conditionalDistance(floor, 1 - cvCoordinate, law),
        cvError: conditionError(points, cvCoordinate, at),
      },
    });
  }
  return {
    training,
    conditional,
    learning: info.backend,
    forceEvaluations: info.forceEvaluations,
    networkEvaluations: evaluations,
  };
}

async function train(workers: Workers): Promise<{
  info: LearnInfo;
  training: TrainingResult;
  trainingEvaluations: number;
}> {
  workers.report('preparing data and backend', 0);
  let info = await workers.learn((api) => api.start(workers.experiment, workers.backend));
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
