/** Weights of the states of a biased run. */
import type { WeightedStates } from '../estimators/finding.ts';

/** Slices of the range of the cv within which weights are compared. */
const SLICES = 200;

/** exp(log weight), the largest 1. */
export function relativeWeights(logWeights: Float64Array): Float64Array {
  const highest = logWeights.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return logWeights.map((value) => Math.exp(value - highest));
}

/**
 * Weight of each state over the mean weight of its slice of the cv. Within a slice log weights are compared first, so that
 * slices far up in free energy, whose weights are small beyond all others, count as well as the rest.
 */
export function withinSlices({ logWeights }: WeightedStates, cv: Float32Array): Float64Array {
  const low = cv.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = cv.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const sliceOf = Int32Array.from(cv, (value) =>
    Math.min(SLICES - 1, Math.floor(((value - low) / (high - low || 1)) * SLICES)),
  );
  const highest = new Float64Array(SLICES).fill(Number.NEGATIVE_INFINITY);
  sliceOf.forEach((slice, n) => {
    highest[slice] = Math.max(highest[slice], logWeights[n]);
  });
  const weights = logWeights.map((value, n) => Math.exp(value - highest[sliceOf[n]]) || 0);
  const [sums, counts] = [new Float64Array(SLICES), new Float64Array(SLICES)];
  sliceOf.forEach((slice, n) => {
    sums[slice] += weights[n];
    counts[slice]++;
  });
  return weights.map((weight, n) => (weight * counts[sliceOf[n]]) / (sums[sliceOf[n]] || 1));
}
