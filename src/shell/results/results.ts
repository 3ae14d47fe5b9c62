/**
 * Runs an experiment to its end and states the numbers behind its plots with their exact references. What comes out is
 * a pure function of (experiment, backend); its keys are a contract, described in docs/results.md.
 */

import { families, learnedCoordinates } from '../../catalog.ts';
import type { EngineId } from '../../core/dynamics/step-graph.ts';
import { FREE_ENERGY_BINS } from '../../core/dynamics/walkers.ts';
import type { BackendId } from '../../core/generative/backends.ts';
import { Problem } from '../../core/message.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { BiasHistory } from '../../core/sampling/frames.ts';
import { encodeQuery } from '../../core/settings/query.ts';
import { type BiasReferences, type BiasResults, biasResults } from '../../stations/bias/results.ts';
import { type CloseResults, close } from '../../stations/close/results.ts';
import { type CoupleResults, couple } from '../../stations/couple/results.ts';
import { type ExploreResults, exploreResults } from '../../stations/explore/results.ts';
import { say } from '../../text/index.ts';
import { cvKey, isLearned } from '../parts/derived.ts';
import { stationProblem } from '../station.ts';
import { condition, learn, type ModelResults } from './model-results.ts';
import { BUDGET, type RunOptions, Workers } from './result-workers.ts';

export const RESULTS_SCHEMA = 2;

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
  readonly training: ModelResults['training'];
  readonly generated: ModelResults['generated'];
  readonly conditional: ModelResults['conditional'];
  readonly arms: CoupleResults['arms'];
  readonly consistency: CloseResults['consistency'];
  readonly diffusionMap: CloseResults['diffusionMap'];
}

/** What the stations add to an empty result. */
type Findings = Pick<
  Results,
  | keyof ExploreResults
  | keyof BiasResults
  | keyof CloseResults
  | 'training'
  | 'generated'
  | 'conditional'
  | 'arms'
> & {
  simulation: EngineId;
  threads: number;
  learning: BackendId | null;
  forceEvaluations: number;
  networkEvaluations: number;
};

/** @throws Error when the station cannot use the system, a worker fails, the simulation or the training diverges, or `signal` is aborted */
export async function runExperiment(experiment: Experiment, options: RunOptions): Promise<Results> {
  const begin = performance.now();
  const problem = stationProblem(experiment);
  if (problem) throw new Error(problem);
  const workers = new Workers(experiment, options);
  try {
    await learnFirst(workers);
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

/** What the page computes of results needs the learned slow variable as workers do. */
async function learnFirst(workers: Workers): Promise<void> {
  const { experiment } = workers;
  if (!isLearned(experiment) || learnedCoordinates.find(families, experiment)) return;
  const worker = workers.closer();
  await worker.call((api) => api.startLearning(experiment));
  for (;;) {
    const { phase, share, coordinate } = await worker.call((api) => api.learn());
    workers.report(`learning the slow variable: ${phase}`, share);
    if (!coordinate) continue;
    learnedCoordinates.add(cvKey(experiment), coordinate);
    return;
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
    arms: [],
    consistency: null,
    diffusionMap: null,
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
    case 'couple':
      return { ...nothing, ...(await couple(workers)) };
    case 'close':
      return { ...nothing, ...(await close(workers)) };
    default:
      throw new Error(`No such station: ${station}`);
  }
}

async function explore(workers: Workers): Promise<Partial<Findings>> {
  const { experiment } = workers;
  await workers.simulate((api) => api.start(experiment, navigator.hardwareConcurrency));
  for (;;) {
    const frame = await workers.simulate((api) => api.advance(BUDGET, Number.MAX_SAFE_INTEGER));
    workers.report('simulating', frame.time / experiment.time);
    if (frame.divergence) throw new Problem(frame.divergence);
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
    workers.report(say(frame.view.phase), frame.forceEvaluations / frame.budget);
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
