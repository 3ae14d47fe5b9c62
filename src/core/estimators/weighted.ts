/**
 * What follows from weighted states: the free energy along any variable and the mean of any observable.
 *
 * Errors: from replicas in which the weights were found anew, where there are any; else by leaving out one group at a time
 * (jackknife, within strata where there are some), which is right for groups of unequal weight, and for weights that do
 * not depend on the other samples.
 */

import { FREE_ENERGY_BINS } from '../dynamics/walkers.ts';
import { drawnAgain, leftOut, type Resampled, resampledError } from '../numerics/resampling.ts';
import type { FreeEnergyEstimate } from '../numerics/results.ts';
import { binCenters } from '../numerics/results.ts';
import type { CollectiveVariable } from '../systems/contract.ts';
import type { WeightedStates } from './finding.ts';
import { binOf } from './histogram.ts';
import type { Estimate } from './reweighting.ts';

/** Adds the quantities of a state times its weight to `sums`. */
type Add = (state: number, weight: number, sums: Float64Array) => void;

/**
 * Mean of an observable without bias.
 * @param values of each state
 * @returns an error of NaN where there are too few groups
 */
export function weightedMean(weighted: WeightedStates, values: ArrayLike<number>): Estimate {
  // About one of the values, so that a constant has no error.
  const origin = values[0];
  const resampled = resample(weighted, 2, (n, weight, sums) => {
    sums[0] += weight;
    sums[1] += weight * (values[n] - origin);
  });
  const of = (sums: Float64Array) => origin + sums[1] / sums[0];
  return { value: of(resampled.whole), stderr: resampledError(resampled, of) };
}

/**
 * Free energy along a variable.
 * @param values of each state; those outside the range are in no bin
 * @returns F on `FREE_ENERGY_BINS` bins, minimum 0; errors are those of -log(share of the bin)
 */
export function weightedFreeEnergy(
  weighted: WeightedStates,
  values: ArrayLike<number>,
  { range: [low, high], periodic }: Pick<CollectiveVariable, 'range' | 'periodic'>,
): FreeEnergyEstimate {
  const period = high - low;
  const bin = Int32Array.from(values, (value) => {
    const inside = periodic ? value - period * Math.floor((value - low) / period) : value;
    return binOf(inside, low, high, FREE_ENERGY_BINS);
  });
  const resampled = resample(weighted, FREE_ENERGY_BINS + 1, (n, weight, sums) => {
    if (bin[n] < 0) return;
    sums[bin[n]] += weight;
    sums[FREE_ENERGY_BINS] += weight;
  });
  const { whole } = resampled;
  const share = (i: number) => (sums: Float64Array) => sums[i] / sums[FREE_ENERGY_BINS];
  const shares = whole.slice(0, FREE_ENERGY_BINS).map((_, i) => share(i)(whole));
  const largest = shares.reduce((a, b) => Math.max(a, b), 0);
  return {
    of: 'bin',
    cv: binCenters(low, high, FREE_ENERGY_BINS),
    F: shares.map((value) => (value > 0 ? -Math.log(value / largest) : Number.NaN)),
    stderr: shares.map((value, i) => (value > 0 ? resampledError(resampled, share(i)) / value : Number.NaN)),
  };
}

function resample(weighted: WeightedStates, count: number, add: Add): Resampled {
  const { logWeights } = weighted;
  const largest = logWeights.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const weights = logWeights.map((value) => Math.exp(value - largest));
  const whole = new Float64Array(count);
  weights.forEach((weight, n) => {
    if (weight > 0) add(n, weight, whole);
  });
  return weighted.replicas ? fromReplicas(weighted, whole, add) : leavingOut(weighted, weights, whole, add);
}

function fromReplicas({ replicas }: WeightedStates, whole: Float64Array, add: Add): Resampled {
  if (!replicas) return drawnAgain(whole, []);
  const { count, places, place, units, unit } = replicas;
  const again = Array.from({ length: count }, (_, r) => {
    const sums = new Float64Array(whole.length);
    const logs = replicas.logWeights.subarray(r * places, (r + 1) * places);
    const largest = logs.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const weights = logs.map((value) => Math.exp(value - largest));
    for (let n = 0; n < place.length; n++) {
      const weight = replicas.counts[r * units + unit[n]] * weights[place[n]];
      if (weight > 0) add(n, weight, sums);
    }
    return sums;
  });
  return drawnAgain(whole, again);
}

/** Sums without one group of states each. */
function leavingOut(
  { groups, strata }: WeightedStates,
  weights: Float64Array,
  whole: Float64Array,
  add: Add,
): Resampled {
  const parts = new Map<string, { readonly stratum: number; readonly sums: Float64Array }>();
  weights.forEach((weight, n) => {
    const stratum = strata?.[n] ?? 0;
    const key = `${stratum}/${groups[n]}`;
    const part = parts.get(key) ?? { stratum, sums: new Float64Array(whole.length) };
    parts.set(key, part);
    if (weight > 0) add(n, weight, part.sums);
  });
  return leftOut(whole, [...parts.values()]);
}
