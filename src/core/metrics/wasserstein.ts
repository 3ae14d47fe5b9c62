import { Cumulative } from '../numerics/cumulative.ts';

/**
 * Wasserstein-1 distance of samples from a distribution on the line: mean distance of the sorted samples from the distribution's
 * quantiles at the middle of their shares (what that misses is smaller than the sampling floor by 1/sqrt(n)).
 *
 * @param distribution equally spaced nodes and the density at them, which need not be normalised
 */
export function wasserstein1(
  samples: ArrayLike<number>,
  distribution: { readonly x: Float64Array; readonly density: Float64Array },
): number {
  const cumulative = new Cumulative(distribution.x, distribution.density);
  const sorted = Float64Array.from(samples).sort();
  const n = sorted.length;
  return sorted.reduce((sum, value, i) => sum + Math.abs(value - cumulative.quantile((i + 0.5) / n)) / n, 0);
}
