/**
 * Standard errors of estimates from independent groups of samples (walkers, blocks of time, bursts): by the spread of what each
 * group gives, by leaving out one group at a time, and by drawing groups again.
 */
import type { Draws } from './draws.ts';

/** Fewer independent groups than this give no standard error: their spread is not known to a factor of two. */
export const FEWEST_GROUPS = 4;

export function mean(values: ArrayLike<number>): number {
  // By way of the first value, so that equal values deviate from their mean by exactly nothing.
  const origin = values[0];
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] - origin;
  return origin + sum / values.length;
}

/** Sum of squared deviations. @param about their own mean if absent */
export function squaredDeviations(values: ArrayLike<number>, about = mean(values)): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - about) ** 2;
  return squares;
}

/** Standard error of the mean of independent values; NaN for fewer than two. @param about their own mean if absent */
export function standardError(values: ArrayLike<number>, about?: number): number {
  const n = values.length;
  return n < 2 ? Number.NaN : Math.sqrt(squaredDeviations(values, about) / (n * (n - 1)));
}

/** Standard deviation of independent values about their mean; NaN for fewer than two. */
export function standardDeviation(values: ArrayLike<number>): number {
  return standardError(values) * Math.sqrt(values.length);
}

/**
 * Standard error of an estimate from what is found with one group left out after the other (jackknife: Miller, Biometrika 61,
 * 1 (1974)).
 */
export function jackknifeError(values: ArrayLike<number>): number {
  return (values.length - 1) * standardError(values);
}

/**
 * Standard error of an estimate from the influence of each group on it (infinitesimal jackknife), where influences add up to 0.
 * @param squares sum of the squared influences
 */
export function influenceError(squares: number, groups: number): number {
  return groups > 1 ? Math.sqrt((squares * groups) / (groups - 1)) : Number.NaN;
}

/**
 * What is summed over samples, for all of them and for each resample: the error of a function of the sums follows from its
 * values.
 */
export interface Resampled {
  readonly whole: Float64Array;
  /** One entry for each draw, or for each group that was left out. */
  readonly again: readonly Float64Array[];
  /** What the squared deviation of each is multiplied by before they are added up to a variance. */
  readonly factors: readonly number[];
}

/** Standard error of a function of the sums; NaN without resamples. */
export function resampledError(
  { whole, again, factors }: Resampled,
  of: (sums: Float64Array) => number,
): number {
  if (again.length === 0) return Number.NaN;
  const value = of(whole);
  return Math.sqrt(again.reduce((sum, sums, r) => sum + factors[r] * (of(sums) - value) ** 2, 0));
}

/** Sums of draws of the bootstrap. */
export function drawnAgain(whole: Float64Array, again: readonly Float64Array[]): Resampled {
  return { whole, again, factors: again.map(() => 1 / again.length) };
}

/**
 * Sums without one group each. A stratum with a single group is taken together with the others of the kind.
 * @param parts sums of each group, and the stratum that it is in
 */
export function leftOut(
  whole: Float64Array,
  parts: readonly { readonly stratum: number; readonly sums: Float64Array }[],
): Resampled {
  if (parts.length < FEWEST_GROUPS) return { whole, again: [], factors: [] };
  const members = new Map<number, number>();
  for (const { stratum } of parts) members.set(stratum, (members.get(stratum) ?? 0) + 1);
  const single = [...members.values()].filter((size) => size === 1).length;
  const sizeOf = (stratum: number) => {
    const size = members.get(stratum) ?? 1;
    return size > 1 ? size : single;
  };
  return {
    whole,
    again: parts.map(({ sums }) => whole.map((value, i) => value - sums[i])),
    factors: parts.map(({ stratum }) => (sizeOf(stratum) - 1) / sizeOf(stratum)),
  };
}

/**
 * The bootstrap: adds to `counts` how often each of the groups from `first` on counts when `times` of them are drawn with
 * replacement (Efron, Ann. Stat. 7, 1 (1979)). The total stays the number of groups: with one draw less than there are groups
 * the variance of means is right however few they are (Rao, Wu, J. Am. Stat. Assoc. 83, 231 (1988)).
 */
export function drawGroups(
  counts: Float64Array,
  first: number,
  groups: number,
  draws: Draws,
  times = groups,
): void {
  if (times === 0) counts.fill(1, first, first + groups);
  for (let i = 0; i < times; i++) counts[first + Math.floor(groups * draws.next())] += groups / times;
}
