/** Free energies of bins of a collective variable in a target state of MBAR, with asymptotic errors (`influences`). */
import { covariance, type Derivatives, groupVariance, multiplicityOf, responses } from './influences.ts';
import type { MbarSolution } from './mbar.ts';
import { claims, offsetsOf } from './mbar-likelihood.ts';

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
  const shares = sharesOf(weights, bin, bins);
  const inside = shares.reduce((a, b) => a + b, 0);
  const fill = derivativesOfShares(weights, bin, shares);
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
function derivativesOfShares(weights: Float64Array, bin: Int32Array, shares: Float64Array): Derivatives {
  const inside = shares.reduce((a, b) => a + b, 0);
  return (n: number, y: Float64Array) => {
    y.fill(bin[n] >= 0 ? weights[n] / inside : 0);
    if (bin[n] >= 0) y[bin[n]] -= weights[n] / shares[bin[n]];
  };
}
