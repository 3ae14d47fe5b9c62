/**
 * What follows from a solution of MBAR: weights for any target state, expectations, free energies along a collective
 * variable, each with its asymptotic standard error.
 *
 * Errors: every estimate is linearised in the samples, the response of the window free energies included. The variance of
 * these influences within each window, times its statistical inefficiency, is the covariance of Shirts, Chodera
 * (2008), eq. 8, in the form that takes correlated samples (Kong et al., J. R. Stat. Soc. B 65, 585 (2003)).
 * The statistical inefficiency should be that of the slowest thing seen in the window.
 */
import type { MbarProblem, MbarSolution } from './mbar.ts';
import { claims, offsetsOf, solveSemidefinite } from './mbar-likelihood.ts';

export interface Estimate {
  /** NaN if there are windows that share no samples: their weights against each other are unknown. */
  readonly value: number;
  readonly stderr: number;
}

/** Sums that should vanish are taken to do so below this share of their terms. */
const ROUNDING = 1e-7;

const rowsOf = ({ reduced, windowSizes }: MbarProblem) => reduced.length / windowSizes.length;
const multiplicityOf = ({ multiplicity }: MbarProblem, row: number) => multiplicity?.[row] ?? 1;

/**
 * Normalised weight of each row in a target state (rows that stand for several samples weigh as much).
 * @param target reduced energy of each row in the target state, in kT; the state of energy 0 if absent
 */
export function targetWeights(
  { problem, logDenominator }: MbarSolution,
  target?: Float64Array,
): Float64Array {
  const logWeights = logDenominator.map((value, n) => -value - (target?.[n] ?? 0));
  const largest = logWeights.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const weights = logWeights.map((value, n) => multiplicityOf(problem, n) * Math.exp(value - largest));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((value) => value / sum);
}

/** Kish's effective sample size of weights, (sum w)^2 / sum w^2; correlation in time is not seen by it. */
export function weightedSampleSize(weights: Float64Array, { problem }: MbarSolution): number {
  let [sum, squares] = [0, 0];
  weights.forEach((weight, n) => {
    sum += weight;
    squares += weight ** 2 / multiplicityOf(problem, n);
  });
  return sum ** 2 / squares;
}

/** The response v_a of each of `quantities` estimates to the windows' claims: H v = sum_n p_n y_na; null if undefined. */
function responses(solution: MbarSolution, quantities: number, fill: (row: number, y: Float64Array) => void) {
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
function covariance(
  solution: MbarSolution,
  quantities: number,
  fill: (row: number, y: Float64Array) => void,
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
 * Covariance of the free energies `f_k - f_0`, K x K: the variance of `f_i - f_j` is C_ii + C_jj - 2 C_ij. `Infinity` for
 * states that share no samples, by any chain of windows, with state 0.
 */
export function freeEnergyCovariance(solution: MbarSolution): Float64Array {
  return covariance(solution, solution.freeEnergy.length, derivativesOfStates(solution), true);
}

/** Standard errors of `f_k - f_0` alone, for many states far cheaper than their covariance. */
export function freeEnergyErrors(solution: MbarSolution): Float64Array {
  return covariance(solution, solution.freeEnergy.length, derivativesOfStates(solution), false).map(
    Math.sqrt,
  );
}

function derivativesOfStates({ problem, freeEnergy, logDenominator }: MbarSolution) {
  const states = freeEnergy.length;
  return (n: number, y: Float64Array) => {
    for (let k = 0; k < states; k++) {
      const logWeight = freeEnergy[k] - problem.reduced[n * states + k] - logDenominator[n];
      y[k] = multiplicityOf(problem, n) * Math.exp(logWeight);
    }
    const reference = y[0];
    for (let k = 0; k < states; k++) y[k] = reference - y[k];
  };
}

/**
 * Mean of an observable in the state of `weights`.
 * @param weights from `targetWeights`
 * @param observable its value for each row
 */
export function expectation(
  solution: MbarSolution,
  weights: Float64Array,
  observable: ArrayLike<number>,
): Estimate {
  const value = weights.reduce((sum, weight, n) => sum + weight * observable[n], 0);
  const [variance] = covariance(
    solution,
    1,
    (n, y) => {
      y[0] = weights[n] * (observable[n] - value);
    },
    false,
  );
  return {
    value: solution.connected ? value : Number.NaN,
    stderr: solution.connected ? Math.sqrt(variance) : Number.POSITIVE_INFINITY,
  };
}

/**
 * Variances of estimates from the spread between independent groups of rows (walkers), whatever their memory: the influence
 * of each row, less the mean of its window, added up group by group. `NaN` for fewer than two groups.
 * @param groups group of each row, from 0
 */
function groupVariance(
  solution: MbarSolution,
  quantities: number,
  fill: (row: number, y: Float64Array) => void,
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

/**
 * What a sample of each row adds to the estimate of each bin's -log(share), `out[row * bins + bin]`: the variance of the sum
 * of these over all samples is the variance of the estimate.
 */
export function binInfluences(
  solution: MbarSolution,
  weights: Float64Array,
  bin: Int32Array,
  bins: number,
): Float64Array {
  const { problem, freeEnergy } = solution;
  const fill = derivativesOfShares(weights, bin, sharesOf(weights, bin, bins));
  const v = responses(solution, bins, fill);
  const { p, present, of } = claims(offsetsOf(freeEnergy, problem.windowSizes), problem);
  const out = new Float64Array(bin.length * bins);
  for (let n = 0; n < bin.length; n++) {
    const row = out.subarray(n * bins, (n + 1) * bins);
    const { count } = of(n);
    fill(n, row);
    v.forEach((response, a) => {
      row[a] /= multiplicityOf(problem, n);
      if (response) for (let b = 0; b < count; b++) row[a] += response[present[b]] * p[present[b]];
    });
  }
  return out;
}

function sharesOf(weights: Float64Array, bin: Int32Array, bins: number): Float64Array {
  const shares = new Float64Array(bins);
  for (let n = 0; n < bin.length; n++) if (bin[n] >= 0) shares[bin[n]] += weights[n];
  return shares;
}

/** Derivatives of -log(share) of each bin by the weight of a row. */
function derivativesOfShares(weights: Float64Array, bin: Int32Array, shares: Float64Array) {
  const inside = shares.reduce((a, b) => a + b, 0);
  return (n: number, y: Float64Array) => {
    y.fill(bin[n] >= 0 ? weights[n] / inside : 0);
    if (bin[n] >= 0) y[bin[n]] -= weights[n] / shares[bin[n]];
  };
}

/** A free energy along a collective variable, bin by bin. */
export interface BinnedFreeEnergy {
  /** In kT, minimum 0; NaN where no sample is, and everywhere if there are windows that share no samples. */
  readonly freeEnergy: Float64Array;
  /** Standard error of -log(share of the bin), that is of F against the normalisation over all bins, in kT. */
  readonly stderr: Float64Array;
  /** What to add to `freeEnergy` for -log(share of the bin). */
  readonly offset: number;
}

/**
 * Free energy of bins in the state of `weights`.
 * @param bin for each row the index of its bin, -1 for none
 * @param groups independent group of each row, from 0: errors are then from the spread between groups, not from the
 *   statistical inefficiencies
 */
export function binnedFreeEnergy(
  solution: MbarSolution,
  weights: Float64Array,
  bin: Int32Array,
  bins: number,
  groups?: Int32Array,
): BinnedFreeEnergy {
  const shares = new Float64Array(bins);
  for (let n = 0; n < bin.length; n++) if (bin[n] >= 0) shares[bin[n]] += weights[n];
  const inside = shares.reduce((a, b) => a + b, 0);
  const fill = (n: number, y: Float64Array) => {
    y.fill(bin[n] >= 0 ? weights[n] / inside : 0);
    if (bin[n] >= 0) y[bin[n]] -= weights[n] / shares[bin[n]];
  };
  const variance = groups
    ? groupVariance(solution, bins, fill, groups)
    : covariance(solution, bins, fill, false);
  const F = shares.map((share) => (share > 0 && solution.connected ? -Math.log(share / inside) : Number.NaN));
  const offset = F.reduce((least, value) => (value < least ? value : least), Number.POSITIVE_INFINITY);
  return {
    freeEnergy: F.map((value) => value - offset),
    stderr: variance.map((value, b) => (shares[b] > 0 && solution.connected ? Math.sqrt(value) : Number.NaN)),
    offset,
  };
}
