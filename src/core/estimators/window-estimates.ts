/** What estimators of windows share: F of the bins from weights of places, or from the mean and variance of each window. */
import { periodOf } from '../dynamics/bias-term.ts';
import { FREE_ENERGY_BINS } from '../dynamics/walkers.ts';
import { binCenters } from '../numerics/results.ts';
import type { WindowData } from './contract.ts';
import type { GaussianWindow } from './umbrella-integration.ts';
import type { Places } from './window-places.ts';

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

/** F of samples with their weights. */
export function ofLogWeights({ counts, logWeights, places }: WindowData): Float64Array {
  const largest = logWeights.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return ofWeights(
    counts.map((count, j) => count * Math.exp(logWeights[j] - largest)),
    places,
  );
}

interface Along {
  readonly centers: Float64Array;
  readonly kT: number;
  readonly low: number;
  readonly period: number | undefined;
}

/** F from means and variances of the windows alone; NaN in bins that no sample reached. */
export function ofMoments(integrate: (windows: readonly GaussianWindow[], along: Along) => Float64Array) {
  return ({ samples: { windows, setting }, moments, places }: WindowData): Float64Array => {
    const { cv: variable, kT } = setting;
    const sampled = new Uint8Array(FREE_ENERGY_BINS);
    for (const bin of places.bin) if (bin >= 0) sampled[bin] = 1;
    const gaussian = windows.map((window, k) => {
      const { mean, variance, samples, statisticalInefficiency } = moments[k];
      return { ...window, mean, variance, samples, effectiveSampleSize: samples / statisticalInefficiency };
    });
    const F = integrate(gaussian, {
      centers: binCenters(...variable.range, FREE_ENERGY_BINS),
      kT,
      low: variable.range[0],
      period: periodOf(variable),
    });
    return normalised(F.map((value, bin) => (sampled[bin] ? value : Number.NaN)));
  };
}
