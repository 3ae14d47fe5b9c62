/**
 * Asymptotic errors of estimates that follow from a solution of MBAR: every estimate is linearised in the samples, the
 * response of the window free energies included. The variance of these influences within each window, times its statistical
 * inefficiency, is the covariance of Shirts, Chodera (2008), eq. 8, in the form that takes correlated samples (Kong et al.,
 * J. R. Stat. Soc. B 65, 585 (2003)). The statistical inefficiency should be that of the slowest thing seen in the window.
 */
import { solveSemidefinite } from '../numerics/semidefinite.ts';
import type { MbarSolution } from './mbar.ts';
import type { MbarProblem } from './mbar-likelihood.ts';
import { claims, offsetsOf } from './mbar-likelihood.ts';

/** Writes, for one row, the derivative of each estimate by that row's weight at fixed window free energies. */
export type Derivatives = (row: number, y: Float64Array) => void;

/** Sums that should vanish are taken to do so below this share of their terms. */
const ROUNDING = 1e-7;

const rowsOf = ({ reduced, windowSizes }: MbarProblem) => reduced.length / windowSizes.length;

/** Samples that a row stands for. */
export const multiplicityOf = ({ multiplicity }: MbarProblem, row: number) => multiplicity?.[row] ?? 1;

/** The response v_a of each of `quantities` estimates to the windows' claims: H v = sum_n p_n y_na; null if undefined. */
export function responses(solution: MbarSolution, quantities: number, fill: Derivatives) {
  const { problem, freeEnergy, information } = solution;
  const states = freeEnergy.length;
  const { p, present, of } = claims(offsetsOf(freeEnergy, problem.windowSizes), problem);
  const sums = new Float64Array(quantities * states);
  const magnitudes = new Float64Array(quantities);
  const y = new Float64Array(quantities);
  for (let n = 0; n < rowsOf(problem); n++) {
    const { count } = of(n);
    fill(n, y);
    for (let a = 0; a < quantities; a++) {
      if (y[a] === 0) continue;
      magnitudes[a] += Math.abs(y[a]);
      for (let b = 0; b < count; b++) sums[a * states + present[b]] += y[a] * p[present[b]];
    }
  }
  return Array.from({ length: quantities }, (_, a) => {
    const { x, unmet } = solveSemidefinite(information, sums.subarray(a * states, (a + 1) * states));
    return unmet <= ROUNDING * magnitudes[a] ? x : null;
  });
}

/**
 * Covariances of estimates, `out[a * quantities + b]` (with `full`), or their variances.
 * @param fill writes, for one row, the derivative of each estimate by that row's weight at fixed window free energies;
 *   over all rows these add up to 0
 */
export function covariance(
  solution: MbarSolution,
  quantities: number,
  fill: Derivatives,
  full: boolean,
): Float64Array {
  const { problem, freeEnergy } = solution;
  const { windowSizes, statisticalInefficiency } = problem;
  const v = responses(solution, quantities, fill);
  const { p, present, of } = claims(offsetsOf(freeEnergy, windowSizes), problem);
  const width = full ? quantities : 1;
  const out = new Float64Array(quantities * width);
  const products = new Float64Array(quantities * width);
  const sums = new Float64Array(quantities);
  const y = new Float64Array(quantities);
  for (let window = 0, n = 0; window < windowSizes.length; window++) {
    products.fill(0);
    sums.fill(0);
    for (let left = windowSizes[window]; left > 0; n++) {
      const weight = multiplicityOf(problem, n);
      left -= weight;
      const { count } = of(n);
      fill(n, y);
      for (let a = 0; a < quantities; a++) {
        const response = v[a];
        let influence = y[a] / weight;
        if (response) for (let b = 0; b < count; b++) influence += response[present[b]] * p[present[b]];
        y[a] = influence;
        sums[a] += weight * influence;
        if (full) for (let b = 0; b <= a; b++) products[a * width + b] += weight * influence * y[b];
        else products[a] += weight * influence ** 2;
      }
    }
    if (windowSizes[window] === 0) continue;
    const g = statisticalInefficiency?.[window] ?? 1;
    for (let a = 0; a < quantities; a++) {
      for (let b = full ? 0 : a; b <= a; b++) {
        const index = full ? a * width + b : a;
        out[index] += g * (products[index] - (sums[a] * sums[b]) / windowSizes[window]);
      }
    }
  }
  for (let a = 0; a < quantities; a++) {
    for (let b = 0; full && b < a; b++) out[b * width + a] = out[a * width + b];
  }
  v.forEach((response, a) => {
    if (!response) for (let b = 0; b < width; b++) out[a * width + b] = Number.POSITIVE_INFINITY;
    if (!response && full) for (let b = 0; b < width; b++) out[b * width + a] = Number.POSITIVE_INFINITY;
  });
  return out;
}

/**
 * Variances of estimates from the spread between independent groups of rows (walkers), whatever their memory: the influence
 * of each row, less the mean of its window, added up group by group. `NaN` for fewer than two groups.
 * @param groups group of each row, from 0
 */
export function groupVariance(
  solution: MbarSolution,
  quantities: number,
  fill: Derivatives,
  groups: Int32Array,
): Float64Array {
  const { problem, freeEnergy } = solution;
  const { windowSizes } = problem;
  const v = responses(solution, quantities, fill);
  const { p, present, of } = claims(offsetsOf(freeEnergy, windowSizes), problem);
  const count = 1 + groups.reduce((a, b) => Math.max(a, b), -1);
  const sums = new Float64Array(count * quantities);
  const members = new Float64Array(count);
  const windowSums = new Float64Array(quantities);
  const y = new Float64Array(quantities);
  for (let window = 0, n = 0; window < windowSizes.length; window++) {
    windowSums.fill(0);
    members.fill(0);
    for (let left = windowSizes[window]; left > 0; n++) {
      const weight = multiplicityOf(problem, n);
      left -= weight;
      members[groups[n]] += weight;
      const found = of(n).count;
      fill(n, y);
      for (let a = 0; a < quantities; a++) {
        const response = v[a];
        let influence = y[a];
        if (response)
          for (let b = 0; b < found; b++) influence += weight * response[present[b]] * p[present[b]];
        windowSums[a] += influence;
        sums[groups[n] * quantities + a] += influence;
      }
    }
    for (let g = 0; g < count; g++) {
      if (members[g] === 0) continue;
      const share = members[g] / windowSizes[window];
      for (let a = 0; a < quantities; a++) sums[g * quantities + a] -= share * windowSums[a];
    }
  }
  const scale = count > 1 ? count / (count - 1) : Number.NaN;
  return Float64Array.from({ length: quantities }, (_, a) => {
    if (!v[a]) return Number.POSITIVE_INFINITY;
    let squares = 0;
    for (let g = 0; g < count; g++) squares += sums[g * quantities + a] ** 2;
    return scale * squares;
  });
}
