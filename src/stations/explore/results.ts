/** What a finished simulation says, with its exact references. */

import { effectiveSampleSize, statisticalInefficiency } from '../../core/estimators/autocorrelation.ts';
import { exponentialMean, restrictedMean, survivalCurve } from '../../core/estimators/first-passage.ts';
import type { Measured } from '../../core/estimators/motion.ts';
import type { ExactMotion, Rates } from '../../core/exact/answers.ts';
import type { FreeEnergy } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { Passages, SimulationFrame } from '../../core/sampling/frames.ts';
import { type FreeEnergyResult, freeEnergyResult } from '../../shell/results/free-energy.ts';
import type { Workers } from '../../shell/results/result-workers.ts';
import type { RunCost, StationResults } from '../../shell/results/station-results.ts';
import { reference } from '../../shell/runs/reference.ts';
import { simulateOrder, simulation } from '../../shell/runs/simulation.ts';
import { simulateWorker } from '../../shell/runs/workers.ts';
import { text } from '../../text/index.ts';
import { type CorrelationResult, motionResults, type TransportResult } from './motion-results.ts';

export interface FirstPassageResult {
  readonly mean: number | null;
  readonly stderr: number | null;
  /** Walkers that arrived, and those that did not. */
  readonly n: number;
  readonly censored: number;
  readonly exact: number | null;
  readonly kramers: number | null;
  /** By the averaged equation of a fast/slow system. */
  readonly averaged: number | null;
}

export interface ExploreResults {
  readonly freeEnergy: FreeEnergyResult & Pick<SimulationFrame, 'discarded' | 'settled'>;
  readonly firstPassage: FirstPassageResult | null;
  readonly moments: SimulationFrame['moments'];
  readonly acceptance: number | null;
  readonly transport: TransportResult | null;
  readonly correlation: CorrelationResult | null;
  readonly kineticTemperature: Measured | null;
  /** Of the slow variable of the first walker, at frames `interval` apart; null when it never moved. */
  readonly statisticalInefficiency: {
    readonly value: number;
    readonly stderr: number;
    readonly interval: number;
    readonly effectiveSamples: number | null;
  } | null;
  readonly generator: {
    readonly relaxationTimes: readonly number[];
    readonly committorGrid: {
      readonly x: readonly number[];
      readonly y: readonly number[];
      readonly q: readonly number[];
    } | null;
  } | null;
}

export type ExploreKeys = Omit<ExploreResults, 'freeEnergy' | 'moments'> & {
  readonly freeEnergy: ExploreResults['freeEnergy'] | null;
  readonly moments: ExploreResults['moments'] | null;
};

export const results: StationResults<ExploreKeys> = {
  empty: {
    freeEnergy: null,
    firstPassage: null,
    moments: null,
    acceptance: null,
    transport: null,
    correlation: null,
    kineticTemperature: null,
    statisticalInefficiency: null,
    generator: null,
  },
  run: simulate,
  live,
};

async function live(experiment: Experiment): Promise<ExploreResults | null> {
  const frame = simulation.frame.get();
  if (!frame) return null;
  const exact = reference.freeEnergy(experiment, frame.freeEnergy.cv.length, true);
  const rates = reference.rates(experiment);
  return exploreResults(
    frame,
    await exact.ask().catch(() => null),
    await rates.ask().catch(() => null),
    await reference
      .motion(experiment)
      .ask()
      .catch(() => null),
  );
}

async function simulate(workers: Workers): Promise<ExploreResults & RunCost> {
  const { experiment } = workers;
  const frame = await workers.run(
    workers.add(simulateWorker),
    simulateOrder(experiment),
    ({ divergence }) => divergence,
    ({ time }) => workers.report(text.runs.results.simulating, time / experiment.time),
  );
  workers.report(text.runs.results.references, 0);
  const bins = frame.freeEnergy.cv.length;
  // Without a potential, or with one that has no equilibrium, there is no exact answer: the estimate stands alone.
  const exact = await workers.ask((api) => api.freeEnergy(experiment, bins)).catch(() => null);
  const rates = await workers.ask((api) => api.rates(experiment)).catch(() => null);
  const motion = await workers.ask((api) => api.motion(experiment)).catch(() => null);
  return {
    ...exploreResults(frame, exact, rates, motion),
    simulation: frame.engine.id,
    threads: frame.engine.parts,
    forceEvaluations: frame.forceEvaluations,
  };
}

export function exploreResults(
  frame: SimulationFrame,
  exact: FreeEnergy | null,
  rates: Rates | null,
  motion: ExactMotion | null,
): ExploreResults {
  return {
    freeEnergy: {
      ...freeEnergyResult(frame.freeEnergy, exact),
      discarded: frame.discarded,
      settled: frame.settled,
    },
    firstPassage: frame.passages && firstPassageResult(frame.passages, rates),
    moments: frame.moments,
    acceptance: frame.acceptance,
    ...motionResults(frame.motion, motion),
    statisticalInefficiency: inefficiency(frame),
    generator: rates && {
      relaxationTimes: rates.relaxationTimes,
      committorGrid: rates.committor && {
        x: [...rates.committor.xs],
        y: [...rates.committor.ys],
        q: Array.from(rates.committor.values, rounded),
      },
    },
  };
}

/** Plain mean when everyone arrived; else the exponential distribution, which holds for barriers well above kT. */
function firstPassageResult({ arrivals, waiting }: Passages, rates: Rates | null): FirstPassageResult {
  const durations = { ended: arrivals, censored: waiting };
  const complete = arrivals.length > 0 && waiting.length === 0;
  const horizon = arrivals.reduce((a, b) => Math.max(a, b), 0);
  const { mean, stderr } = complete
    ? restrictedMean(survivalCurve(durations), horizon)
    : exponentialMean(durations);
  return {
    mean,
    stderr,
    n: arrivals.length,
    censored: waiting.length,
    exact: rates?.meanFirstPassageTime ?? null,
    kramers: rates?.kramers ?? null,
    averaged: rates?.averaged ?? null,
  };
}

function inefficiency({ trace }: SimulationFrame): ExploreResults['statisticalInefficiency'] {
  const found = statisticalInefficiency(trace.y);
  if (!found || trace.x.length < 2) return null;
  return {
    value: found.value,
    stderr: found.stderr,
    interval: trace.x[1] - trace.x[0],
    effectiveSamples: effectiveSampleSize(trace.y),
  };
}

/** Four digits are more than the grid is good for. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
