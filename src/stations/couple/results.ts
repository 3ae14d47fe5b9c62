/** Methods of station Couple run to their end, side by side in workers of their own. */

import { coupledMethodsOf } from '../../core/coupling/contract.ts';
import type { CoupleFrame } from '../../core/coupling/frame.ts';
import {
  binIntegrated,
  type ConditionalError,
  conditionalErrorOf,
  REFERENCE_POINTS,
} from '../../core/coupling/score.ts';
import { coupleSettingsOf } from '../../core/coupling/settings.ts';
import type { BackendId } from '../../core/generative/backends.ts';
import type { ConditionalDistribution, FreeEnergy } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { BiasHistory } from '../../core/sampling/frames.ts';
import {
  type ConvergenceResult,
  convergenceResult,
  type FreeEnergyResult,
  freeEnergyResult,
  numbersOrNull,
} from '../../shell/results/free-energy.ts';
import type { Workers } from '../../shell/results/result-workers.ts';
import type { RunCost, StationResults } from '../../shell/results/station-results.ts';
import { coupling } from '../../shell/runs/coupling.ts';
import { reference } from '../../shell/runs/reference.ts';
import { coresToSpare, coupleWorker } from '../../shell/runs/workers.ts';
import { say, text } from '../../text/index.ts';

export interface MethodResult {
  readonly id: string;
  readonly forceEvaluations: number;
  readonly networkEvaluations: number;
  /** kT; null without an estimate or an exact reference. */
  readonly rmse: number | null;
  readonly unvisitedShare: number | null;
  readonly freeEnergy: Omit<FreeEnergyResult, 'rmse' | 'unvisitedShare'> | null;
  readonly conditional: readonly ConditionalError[];
  /** Of the generator moves; null for methods without any. */
  readonly acceptance: {
    readonly overall: number;
    readonly cv: readonly number[];
    readonly values: readonly (number | null)[];
  } | null;
  /** Time step of the dynamics. */
  readonly dt: number;
  readonly seconds: number;
  readonly trainingSeconds: number;
  readonly convergence: readonly ConvergenceResult[];
  /** Why the method did not come to its end, or null. */
  readonly problem: string | null;
}

export interface CoupleReferences {
  /** On the bins of the methods. */
  readonly freeEnergy: FreeEnergy | null;
  /** At the values of `at`; null where there is none. */
  readonly conditional: readonly (ConditionalDistribution | null)[];
  /** Exact F above which a bin does not count, kT. */
  readonly ceiling: number;
}

interface CoupleResults {
  readonly arms: readonly MethodResult[];
}

export const results: StationResults<CoupleResults> = { empty: { arms: [] }, run: couple, live };

/** Without the conditional distributions. */
async function live(experiment: Experiment): Promise<CoupleResults | null> {
  const records = [...coupling.methods.get().values()].filter(({ frame }) => frame !== null);
  if (records.length === 0) return null;
  const fine = await reference
    .freeEnergy(experiment, REFERENCE_POINTS, true)
    .ask()
    .catch(() => null);
  const references = {
    freeEnergy: fine && binIntegrated(fine),
    conditional: [],
    ceiling: ceilingOf(experiment),
  };
  return { arms: records.map(({ frame, history }) => methodResult(frame!, history, references)) };
}

/** What one method says of itself. @param frame its last one  @param history of all its frames */
export function methodResult(
  frame: CoupleFrame,
  history: readonly BiasHistory[],
  { freeEnergy: exact, conditional, ceiling }: CoupleReferences,
): MethodResult {
  const { freeEnergy, view } = frame;
  const { overall, x, y } = view.acceptance;
  const found = freeEnergy && freeEnergyResult(freeEnergy, exact, ceiling);
  return {
    id: frame.method,
    forceEvaluations: frame.forceEvaluations,
    networkEvaluations: frame.networkEvaluations,
    rmse: found?.rmse ?? null,
    unvisitedShare: found?.unvisitedShare ?? null,
    freeEnergy: found && { of: found.of, cv: found.cv, F: found.F, stderr: found.stderr, exact: found.exact },
    conditional: frame.conditional.flatMap((visits, i) => {
      const distribution = conditional[i];
      return distribution ? [conditionalErrorOf(visits, distribution)] : [];
    }),
    acceptance: Number.isFinite(overall) ? { overall, cv: [...x], values: numbersOrNull(y) } : null,
    dt: frame.dt,
    seconds: frame.seconds,
    trainingSeconds: frame.trainingSeconds,
    convergence: convergenceResult(history, exact, ceiling),
    problem: frame.divergence && say(frame.divergence),
  };
}

/** @throws Error when the system cannot be coupled, a worker fails or the run is cancelled */
async function couple(workers: Workers): Promise<CoupleResults & RunCost> {
  const { experiment } = workers;
  const ids = coupledMethodsOf(experiment.arms);
  const references = await referencesOf(workers);
  const found: MethodResult[] = new Array(ids.length);
  const shares = new Float64Array(ids.length);
  let learning: BackendId | null = null;
  let next = 0;
  const work = async () => {
    const worker = workers.add(coupleWorker);
    while (next < ids.length) {
      const i = next++;
      const history: BiasHistory[] = [];
      const order = { experiment, method: ids[i], backend: workers.backend };
      const show = (frame: CoupleFrame) => {
        history.push(...frame.history);
        shares[i] = frame.done ? 1 : frame.forceEvaluations / frame.budget;
        const phase = ids.length > 1 ? words.running : PHASES[frame.view.phase];
        workers.report(phase, shares.reduce((a, b) => a + b, 0) / ids.length);
      };
      // A method whose walkers are lost says so beside the others.
      const frame = await workers.run(worker, order, () => null, show);
      learning ??= frame.backend;
      found[i] = methodResult(frame, history, references);
    }
  };
  await Promise.all(Array.from({ length: Math.min(coresToSpare(), ids.length) }, work));
  const total = (count: (result: MethodResult) => number) =>
    found.reduce((sum, result) => sum + count(result), 0);
  return {
    arms: found,
    learning,
    forceEvaluations: total((result) => result.forceEvaluations),
    networkEvaluations: total((result) => result.networkEvaluations),
  };
}

const words = text.couple.results;

const PHASES: Readonly<Record<CoupleFrame['view']['phase'], string>> = {
  start: words.start,
  train: words.train,
  generate: words.generate,
  run: words.run,
  estimate: words.estimate,
};

async function referencesOf(workers: Workers): Promise<CoupleReferences> {
  const { experiment } = workers;
  workers.report(text.runs.results.references, 0);
  const fine = await workers.ask((api) => api.freeEnergy(experiment, REFERENCE_POINTS)).catch(() => null);
  const conditional = await Promise.all(
    experiment.at.map((at) => workers.ask((api) => api.conditional(experiment, at)).catch(() => null)),
  );
  return { freeEnergy: fine && binIntegrated(fine), conditional, ceiling: ceilingOf(experiment) };
}

export function ceilingOf(experiment: Experiment): number {
  return coupleSettingsOf(experiment).ceiling;
}
