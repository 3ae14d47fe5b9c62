/** The estimators of the free energy of windows, on the bins of the cv's range, as -log(share of the bin). */
import { periodOf } from '../dynamics/bias-term.ts';
import { FREE_ENERGY_BINS } from '../dynamics/walkers.ts';
import { binCenters } from '../numerics/results.ts';
import { type MeanForce, thermodynamicIntegration, windowMeanForce } from './thermodynamic-integration.ts';
import { umbrellaIntegration } from './umbrella-integration.ts';
import type { Places } from './window-places.ts';
import type { Visit, WindowMoments, WindowSamples } from './window-samples.ts';

export const ESTIMATORS = [
  'mbar',
  'wham',
  'umbrella-integration',
  'thermodynamic-integration',
  'histogram',
] as const;
export type Estimator = (typeof ESTIMATORS)[number];

/** What the windows' samples were reduced to. */
export interface Reduced {
  readonly visits: readonly (readonly Visit[])[];
  readonly moments: readonly WindowMoments[];
  readonly places: Places;
  /** The cv of each row, next to the centre of its window. */
  readonly cv: Float64Array;
  /** `counts[window * places + place]` */
  readonly counts: Float64Array;
}

/** -log(share of the bin) from unnormalised -log shares; NaN stays where nothing is known. */
export function normalised(F: Float64Array): Float64Array {
  const lowest = F.reduce((least, value) => (value < least ? value : least), Number.POSITIVE_INFINITY);
  const sum = F.reduce((all, value) => (Number.isNaN(value) ? all : all + Math.exp(lowest - value)), 0);
  return F.map((value) => value - lowest + Math.log(sum));
}

/** F of the bins from the weight of each place: -log(share), NaN for bins without samples. */
export function ofWeights(weights: Float64Array, { bin }: Places): Float64Array {
  const shares = new Float64Array(FREE_ENERGY_BINS);
  bin.forEach((at, place) => {
    if (at >= 0) shares[at] += weights[place];
  });
  return normalised(shares.map((share) => (share > 0 ? -Math.log(share) : Number.NaN)));
}

/** F of samples as they are. */
export function ofCounts({ counts, places }: Reduced): Float64Array {
  const sums = new Float64Array(places.cv.length);
  counts.forEach((count, index) => {
    sums[index % sums.length] += count;
  });
  return ofWeights(sums, places);
}

/** F from means and variances of the windows alone; NaN in bins that no sample reached. */
export function ofMoments(
  { windows, setting }: WindowSamples,
  estimator: 'umbrella-integration' | 'thermodynamic-integration',
  { moments, places }: Pick<Reduced, 'moments' | 'places'>,
): Float64Array {
  const { cv: variable, kT } = setting;
  const period = periodOf(variable);
  const sampled = new Uint8Array(FREE_ENERGY_BINS);
  for (const bin of places.bin) if (bin >= 0) sampled[bin] = 1;
  const centers = binCenters(...variable.range, FREE_ENERGY_BINS);
  const gaussian = windows.map((window, k) => {
    const { mean, variance, samples, statisticalInefficiency } = moments[k];
    return { ...window, mean, variance, samples, effectiveSampleSize: samples / statisticalInefficiency };
  });
  const F =
    estimator === 'umbrella-integration'
      ? umbrellaIntegration(gaussian, centers, kT, period).freeEnergy
      : betweenMeans(
          gaussian.map((window) => windowMeanForce(window, kT)),
          centers,
          variable.range[0],
          period,
        );
  return normalised(F.map((value, bin) => (sampled[bin] ? value : Number.NaN)));
}

/** Thermodynamic integration carried on to `places` between the mean forces, the gradient being linear there; NaN beyond. */
function betweenMeans(
  means: readonly MeanForce[],
  places: Float64Array,
  low: number,
  period?: number,
): Float64Array {
  const wrapped = (z: number) => (period === undefined ? z : z - period * Math.floor((z - low) / period));
  const forces = means.map((force) => ({ ...force, cv: wrapped(force.cv) })).sort((a, b) => a.cv - b.cv);
  const { freeEnergy } = thermodynamicIntegration(forces, period);
  return places.map((place) => {
    const z = period !== undefined && place < forces[0].cv ? place + period : place;
    const after = forces.findIndex(({ cv }) => cv >= z);
    if (after === 0 || (after < 0 && period === undefined))
      return z === forces[0].cv ? freeEnergy[0] : Number.NaN;
    const i = after < 0 ? forces.length - 1 : after - 1;
    const next = after < 0 ? { ...forces[0], cv: forces[0].cv + (period as number) } : forces[after];
    const [from, to] = [forces[i], next];
    const t = z - from.cv;
    return (
      freeEnergy[i] + t * from.gradient + (t ** 2 * (to.gradient - from.gradient)) / (2 * (to.cv - from.cv))
    );
  });
}
