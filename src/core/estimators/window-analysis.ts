/** From samples of restrained windows to a free energy: first whether there can be one, then the number and its error. */
import { binCenters } from '../channels.ts';
import type { Finding, Overlap, Warning, WeightedStates } from '../method.ts';
import type { FreeEnergyEstimate } from '../protocol.ts';
import { FREE_ENERGY_BINS } from '../walkers.ts';
import { type MbarSolution, mbar } from './mbar.ts';
import { overlapVerdict } from './overlap.ts';
import { targetWeights } from './reweighting.ts';
import { type Estimator, ofCounts, ofMoments, ofWeights, type Reduced } from './window-estimates.ts';
import { countsOf, type Places, placesOf, problemOf } from './window-places.ts';
import { momentsOf, unwrapped, visitsOf, type WindowSamples } from './window-samples.ts';
import { disconnected, unsampled } from './window-warnings.ts';

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
  const windows = moments.map((moment, k) => ({
    ...samples.windows[k],
    mean: moment.mean,
    samples: moment.samples,
    effectiveSamples: moment.samples / moment.statisticalInefficiency,
    statisticalInefficiency: moment.statisticalInefficiency,
    equilibrated: true,
  }));
  const empty = unsampled(samples, moments);
  const finding = { estimator: options.estimator, windows, freeEnergy: null, weighted: null, figures: {} };
  if (empty && samples.cv.length === 0) return { ...finding, overlap: null, warnings: [empty] };
  const places = placesOf(samples, options.estimator === 'wham');
  const counts = countsOf(samples, places);
  const inefficiencies = moments.map((moment) => moment.statisticalInefficiency);
  const { problem, place } = problemOf(places, counts, samples.windows.length, inefficiencies);
  const solution = mbar(problem);
  const overlap = overlapOf(solution);
  const gaps = empty ? null : disconnected(samples, overlapVerdict(overlap.matrix, problem.windowSizes));
  const forbidding = [empty, gaps].filter((warning): warning is Warning => warning !== null);
  if (forbidding.length > 0) return { ...finding, overlap, warnings: forbidding };
  return {
    ...finding,
    overlap,
    warnings: [],
    freeEnergy: numbersOf(samples, options, { moments, places, counts, solution, place }),
    weighted: weightedOf(samples, places, solution, place),
  };
}

interface Solved extends Reduced {
  readonly solution: MbarSolution;
  /** Place of each row of the solution. */
  readonly place: Int32Array;
}

function numbersOf(
  samples: WindowSamples,
  { estimator }: AnalysisOptions,
  solved: Solved,
): FreeEnergyEstimate {
  const { range } = samples.setting.cv;
  const F = freeEnergyOf(samples, estimator, solved);
  const lowest = F.reduce((least, value) => (value < least ? value : least), Number.POSITIVE_INFINITY);
  return {
    cv: binCenters(...range, FREE_ENERGY_BINS),
    F: F.map((value) => value - lowest),
    stderr: new Float64Array(FREE_ENERGY_BINS).fill(Number.NaN),
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

function overlapOf({ overlap, problem }: MbarSolution): Overlap {
  const { spectralGap } = overlapVerdict(overlap, problem.windowSizes);
  return { matrix: overlap, windows: problem.windowSizes.length, gap: spectralGap };
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
