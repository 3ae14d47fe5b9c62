/** Histograms and the free energy they give. */

import { FEWEST_GROUPS, standardError } from '../numerics/resampling.ts';
import type { FreeEnergyEstimate } from '../numerics/results.ts';
import { binCenters, type Points } from '../numerics/results.ts';

/** Index of the bin of `value` among `bins` equal ones between low and high; -1 outside. */
export function binOf(value: number, low: number, high: number, bins: number): number {
  const bin = Math.floor(((value - low) / (high - low)) * bins);
  return bin >= 0 && bin < bins ? bin : -1;
}

/** Counts of two-dimensional states in the cells of a bins x bins grid over the domain, row by row. */
export function cellCounts(
  points: Points,
  [[x0, x1], [y0, y1]]: readonly (readonly [number, number])[],
  bins: number,
): Float64Array {
  const counts = new Float64Array(bins * bins);
  for (let k = 0; k < points.values.length; k += 2) {
    const i = binOf(points.values[k], x0, x1, bins);
    const j = binOf(points.values[k + 1], y0, y1, bins);
    if (i >= 0 && j >= 0) counts[j * bins + i]++;
  }
  return counts;
}

/**
 * F = -log(share of visits) of each bin, minimum 0, with standard errors from the spread of the shares between groups
 * of independent walkers (they do not know of wells that no group has found).
 * @param counts visits, `counts[group * bins + bin]`
 */
export function histogramFreeEnergy(
  counts: Float64Array,
  groups: number,
  [low, high]: readonly [number, number],
): FreeEnergyEstimate {
  const bins = counts.length / groups;
  const sums = new Float64Array(groups);
  for (let k = 0; k < counts.length; k++) sums[Math.floor(k / bins)] += counts[k];
  const total = sums.reduce((a, b) => a + b, 0);
  // All groups weigh the same.
  const sharesOf = (bin: number) => sums.map((sum, g) => counts[g * bins + bin] / Math.max(1, sum));
  const F = new Float64Array(bins).fill(Number.NaN);
  const stderr = new Float64Array(bins).fill(Number.NaN);
  for (let bin = 0; bin < bins; bin++) {
    let visits = 0;
    for (let g = 0; g < groups; g++) visits += counts[g * bins + bin];
    if (visits === 0) continue;
    const share = visits / total;
    F[bin] = -Math.log(share);
    if (groups >= FEWEST_GROUPS) stderr[bin] = standardError(sharesOf(bin), share) / share;
  }
  const lowest = F.filter((value) => !Number.isNaN(value)).reduce(
    (a, b) => Math.min(a, b),
    Number.POSITIVE_INFINITY,
  );
  return { of: 'bin', cv: binCenters(low, high, bins), F: F.map((value) => value - lowest), stderr };
}
