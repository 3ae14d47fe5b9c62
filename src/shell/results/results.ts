/**
 * Runs an experiment to its end and states the numbers behind its plots with their exact references. What comes out is
 * a pure function of (experiment, backend); its keys are a contract, described in docs/results.md.
 */

import { families, learnedCoordinates } from '../../catalog.ts';
import type { LearnedProgress } from '../../core/coarse/frame.ts';
import type { EngineId } from '../../core/dynamics/step-graph.ts';
import type { BackendId } from '../../core/generative/backends.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { encodeQuery } from '../../core/settings/query.ts';
import { say, text } from '../../text/index.ts';
import { cvKey, isLearned } from '../parts/derived.ts';
import { systemOf } from '../parts/system.ts';
import { coordinateWorker } from '../runs/workers.ts';
import { allStations, stationOf, stationProblem } from '../station.ts';
import { type RunOptions, Workers } from './result-workers.ts';

export const RESULTS_SCHEMA = 3;

/** What the file of every run holds; the stations add their keys. */
export interface Results {
  readonly schema: typeof RESULTS_SCHEMA;
  readonly experiment: Experiment;
  readonly link: string;
  /** What makes the energy useless at these parameters. */
  readonly energyProblem: { readonly id: string; readonly text: string } | null;
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
}

/** @throws Error when the station cannot use the system, a worker fails, the simulation or the training diverges, or `signal` is aborted */
export async function runExperiment(experiment: Experiment, options: RunOptions): Promise<Results> {
  const begin = performance.now();
  const problem = stationProblem(experiment);
  if (problem) throw new Error(problem);
  const workers = new Workers(experiment, options);
  try {
    await learnFirst(workers);
    const {
      simulation = 'wasm',
      threads = 1,
      learning = null,
      forceEvaluations,
      networkEvaluations = 0,
      ...findings
    } = await stationOf(experiment).results.run(workers);
    const seconds = (performance.now() - begin) / 1000;
    return {
      schema: RESULTS_SCHEMA,
      experiment,
      link: encodeQuery(experiment, families),
      energyProblem: energyProblem(experiment),
      backend: { simulation, threads, learning },
      cost: { forceEvaluations, networkEvaluations, seconds },
      ...nothingFound(),
      ...findings,
    };
  } finally {
    workers.end();
  }
}

function energyProblem(experiment: Experiment): Results['energyProblem'] {
  const { problem } = systemOf(experiment);
  return problem && { id: problem.id, text: say(problem) };
}

/** The keys of all stations, so that the file has the same ones whatever was run. */
function nothingFound(): object {
  return Object.assign({}, ...allStations().map(({ results }) => results.empty));
}

/** What the page computes of results needs the learned slow variable as workers do. */
async function learnFirst(workers: Workers): Promise<void> {
  const { experiment } = workers;
  if (!isLearned(experiment) || learnedCoordinates.find(families, experiment)) return;
  const report = ({ phase, share }: LearnedProgress) =>
    workers.report(text.runs.results.learning(say(phase)), share);
  const worker = workers.add(coordinateWorker);
  const { coordinate } = await workers.run(worker, experiment, () => null, report);
  if (coordinate) learnedCoordinates.add(cvKey(experiment), coordinate);
}
