/** From samples of restrained windows to a free energy: first whether there can be one, then the number and its error. */

import { FREE_ENERGY_BINS } from '../dynamics/walkers.ts';
import type { FreeEnergyEstimate } from '../numerics/results.ts';
import { binCenters } from '../numerics/results.ts';
import type { Finding, Replicas, WeightedStates, WindowReport } from './finding.ts';
import { type MbarSolution, mbar } from './mbar.ts';
import { overlapVerdict } from './overlap.ts';
import { freeEnergyErrors, targetWeights } from './reweighting.ts';
import { bootstrapErrors, replicasOf } from './window-bootstrap.ts';
import { asymptoticErrors, type Solved } from './window-errors.ts';
import { type Estimator, ofCounts, ofMoments, ofWeights } from './window-estimates.ts';
import { countsOf, type Places, placesOf, problemOf } from './window-places.ts';
import { countsSay, testsOf } from './window-quality.ts';
import {
  momentsOf,
  unwrapped,
  visitsOf,
  type Window,
  type WindowMoments,
  type WindowSamples,
} from './window-samples.ts';
import { disconnected, springsLeftIn, unsampled } from './window-warnings.ts';

export type { Estimator } from './window-estimates.ts';
export type { WindowSamples } from './window-samples.ts';

export interface AnalysisOptions {
  /** `histogram` counts samples as they are: right only where no window has a spring. */
  readonly estimator: Estimator;
  readonly errors: 'bootstrap' | 'asymptotic' | 'none';
  /** Of the bootstrap. */
  readonly seed: number;
}

/**
 * The free energy along the cv, with what speaks against it.
 *
 * Standard errors are those of F against its normalisation over all bins, -log(share of the bin), in kT. There is no number
 * (`freeEnergy` null) where windows have no samples or share none with the others.
 */
export function analyseWindows(samples: WindowSamples, options: AnalysisOptions): Finding {
  const visits = visitsOf(samples);
  const cv = unwrapped(samples);
  const moments = visits.map((list) => momentsOf(list, cv));
  const quality = options.errors === 'none' ? null : testsOf(samples, visits, cv);
  const windows = samples.windows.map((window, k) =>
    reportOf(window, moments[k], quality?.equilibrated[k] ?? true),
  );
  const empty = unsampled(samples, moments);
  const finding = { estimator: options.estimator, windows, freeEnergy: null, weighted: null, figures: {} };
  if (samples.cv.length === 0) return { ...finding, overlap: null, warnings: empty ? [empty] : [] };
  const places = placesOf(samples, options.estimator === 'wham');
  const counts = countsOf(samples, places);
  const inefficiencies = moments.map((moment) => moment.statisticalInefficiency);
  const { problem, place } = problemOf(places, counts, samples.windows.length, inefficiencies);
  const solution = mbar(problem);
  const verdict = overlapVerdict(solution.overlap, problem.windowSizes);
  const overlap = { matrix: solution.overlap, windows: samples.windows.length, gap: verdict.spectralGap };
  const forbidding = [empty, disconnected(samples, verdict)].filter((warning) => warning !== null);
  const warnings = [
    ...forbidding,
    ...(options.estimator === 'histogram' ? springsLeftIn(samples) : []),
    ...(quality?.warnings ?? []),
    ...countsSay(samples, moments, places),
  ];
  if (forbidding.length > 0) return { ...finding, overlap, warnings };
  const figures = options.errors === 'none' ? {} : windowFigures(solution);
  const solved = { visits, moments, places, cv, counts, solution, place };
  const replicas =
    options.errors === 'none' ? undefined : replicasOf(samples, solved, solution.freeEnergy, options.seed);
  return {
    ...finding,
    overlap,
    warnings,
    figures,
    freeEnergy: numbersOf(samples, options, solved, replicas),
    weighted: { ...weightedOf(samples, places, solution, place), ...(replicas ? { replicas } : {}) },
  };
}

/** Free energies of the windows themselves, in kT, against the first, with asymptotic errors. */
function windowFigures(solution: MbarSolution): Finding['figures'] {
  return {
    freeEnergyOfWindows: [...solution.freeEnergy],
    stderrOfWindows: [...freeEnergyErrors(solution)],
  };
}

function reportOf(window: Window, moments: WindowMoments, equilibrated: boolean): WindowReport {
  const { mean, samples, statisticalInefficiency } = moments;
  const effectiveSamples = samples / statisticalInefficiency;
  return { ...window, mean, samples, effectiveSamples, statisticalInefficiency, equilibrated };
}

function numbersOf(
  samples: WindowSamples,
  { estimator, errors }: AnalysisOptions,
  solved: Solved,
  replicas: Replicas | undefined,
): FreeEnergyEstimate {
  const F = freeEnergyOf(samples, estimator, solved);
  const lowest = F.reduce((least, value) => (value < least ? value : least), Number.POSITIVE_INFINITY);
  const errorsOf = () => {
    if (!replicas) return F.map(() => Number.NaN);
    if (errors === 'asymptotic') return asymptoticErrors(samples, estimator, solved, F);
    return bootstrapErrors(samples, estimator, solved, { F, replicas });
  };
  return {
    cv: binCenters(...samples.setting.cv.range, FREE_ENERGY_BINS),
    F: F.map((value) => value - lowest),
    stderr: errorsOf(),
  };
}

function freeEnergyOf(samples: WindowSamples, estimator: Estimator, solved: Solved): Float64Array {
  switch (estimator) {
    case 'mbar':
    case 'wham':
      return ofWeights(placeWeights(solved), solved.places);
    case 'histogram':
      return ofCounts(solved);
    default:
      return ofMoments(samples, estimator, solved);
  }
}

function placeWeights({ solution, place, places }: Solved): Float64Array {
  const weights = new Float64Array(places.cv.length);
  targetWeights(solution).forEach((weight, row) => {
    weights[place[row]] += weight;
  });
  return weights;
}

/** Every row with the weight of its place; windows are strata, walkers groups. */
function weightedOf(
  { states, walker, window }: WindowSamples,
  places: Places,
  { logDenominator }: MbarSolution,
  place: Int32Array,
): WeightedStates {
  const logWeights = new Float64Array(places.cv.length);
  place.forEach((at, row) => {
    logWeights[at] = -logDenominator[row];
  });
  return {
    states,
    logWeights: Float64Array.from(places.of, (at) => logWeights[at]),
    groups: walker,
    strata: window,
  };
}
