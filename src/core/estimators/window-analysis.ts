/** From samples of restrained windows to a free energy: first whether there can be one, then the number and its error. */

import { FREE_ENERGY_BINS } from '../dynamics/walkers.ts';
import type { FreeEnergyEstimate } from '../numerics/results.ts';
import { binCenters } from '../numerics/results.ts';
import type { EstimatorFamilies, WindowSolution } from './contract.ts';
import type { Finding, Replicas, WeightedStates, WindowReport } from './finding.ts';
import { type MbarSolution, mbar } from './mbar.ts';
import { overlapVerdict } from './overlap.ts';
import { freeEnergyErrors } from './reweighting.ts';
import { bootstrapErrors, replicasOf } from './window-bootstrap.ts';
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

export type { WindowSamples } from './window-samples.ts';

export interface AnalysisOptions {
  /** One of them. */
  readonly estimator: string;
  readonly estimators: EstimatorFamilies['estimators'];
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
  const estimator = options.estimators[options.estimator];
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
  const places = placesOf(samples, estimator.binned === true);
  const countsOfWindows = countsOf(samples, places);
  const inefficiencies = moments.map((moment) => moment.statisticalInefficiency);
  const { problem, place } = problemOf(places, countsOfWindows, samples.windows.length, inefficiencies);
  const solution = mbar(problem);
  const verdict = overlapVerdict(solution.overlap, problem.windowSizes);
  const overlap = { matrix: solution.overlap, windows: samples.windows.length, gap: verdict.spectralGap };
  const forbidding = [empty, disconnected(samples, verdict)].filter((warning) => warning !== null);
  const warnings = [
    ...forbidding,
    ...(estimator.ignoresSprings ? springsLeftIn(samples) : []),
    ...(quality?.warnings ?? []),
    ...countsSay(samples, moments, places),
  ];
  if (forbidding.length > 0) return { ...finding, overlap, warnings };
  const figures = options.errors === 'none' ? {} : windowFigures(solution);
  const logWeights = logWeightsOf(places, solution, place);
  const counts = placeCounts(places, countsOfWindows);
  const solved = {
    samples,
    visits,
    moments,
    places,
    cv,
    counts,
    countsOfWindows,
    logWeights,
    solution,
    place,
  };
  const replicas = options.errors === 'none' ? undefined : replicasOf(samples, solved, options.seed);
  return {
    ...finding,
    overlap,
    warnings,
    figures,
    freeEnergy: numbersOf(samples, options, solved, replicas),
    weighted: { ...weightedOf(samples, solved), ...(replicas ? { replicas } : {}) },
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
  { window, setting }: WindowSamples,
  { estimator: id, estimators, errors }: AnalysisOptions,
  solved: WindowSolution,
  replicas: Replicas | undefined,
): FreeEnergyEstimate {
  const estimator = estimators[id];
  const F = estimator.estimate(solved);
  const lowest = F.reduce((least, value) => (value < least ? value : least), Number.POSITIVE_INFINITY);
  const errorsOf = () => {
    if (!replicas) return F.map(() => Number.NaN);
    if (errors === 'bootstrap') return bootstrapErrors(estimator, solved, window, { F, replicas });
    return estimator.errors(solved, F).map((value, bin) => (Number.isNaN(F[bin]) ? Number.NaN : value));
  };
  return {
    of: estimator.estimates,
    cv: binCenters(...setting.cv.range, FREE_ENERGY_BINS),
    F: F.map((value) => value - lowest),
    stderr: errorsOf(),
  };
}

/** Samples at each place, of all windows. */
function placeCounts({ cv }: Places, countsOfWindows: Float64Array): Float64Array {
  const sums = new Float64Array(cv.length);
  countsOfWindows.forEach((count, index) => {
    sums[index % sums.length] += count;
  });
  return sums;
}

/** log weight of a sample at each place. */
function logWeightsOf({ cv }: Places, { logDenominator }: MbarSolution, place: Int32Array): Float64Array {
  const logWeights = new Float64Array(cv.length);
  place.forEach((at, row) => {
    logWeights[at] = -logDenominator[row];
  });
  return logWeights;
}

/** Every row with the weight of its place; windows are strata, walkers groups. */
function weightedOf(
  { states, walker, window }: WindowSamples,
  { places, logWeights }: WindowSolution,
): WeightedStates {
  return {
    states,
    logWeights: Float64Array.from(places.of, (at) => logWeights[at]),
    groups: walker,
    strata: window,
  };
}
