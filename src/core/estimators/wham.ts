/**
 * Weighted histogram analysis (Kumar et al., J. Comput. Chem. 13, 1011 (1992), doi 10.1002/jcc.540130812): the free energy
 * along a collective variable from histograms of biased windows.
 *
 * It is MBAR of samples moved to their bins (Tan et al., J. Chem. Phys. 136, 144102 (2012)), and solved as such. The
 * caller states the bias at each bin, so a periodic variable needs nothing more than its own bias.
 */

import { type BinnedFreeEnergy, binnedFreeEnergy } from './binned-free-energy.ts';
import { type MbarSolution, mbar } from './mbar.ts';
import { targetWeights } from './reweighting.ts';

/** Histograms of K windows over J bins. */
export interface WhamProblem {
  /** Visits, `counts[window * J + bin]`. */
  readonly counts: Float64Array;
  /** Bias energy at the bin, in kT, `bias[window * J + bin]`. */
  readonly bias: Float64Array;
  readonly windows: number;
  /** Correlated samples per independent one, for each window; 1 if absent. Enters errors only. */
  readonly statisticalInefficiency?: ArrayLike<number>;
}

/** F of each bin, NaN where no window has been; standard errors as of MBAR, the width of the bins not included. */
export interface WhamSolution extends BinnedFreeEnergy {
  /** Free energy of each window in kT, that of window 0 being 0. */
  readonly windowFreeEnergy: Float64Array;
  readonly solution: MbarSolution;
}

/**
 * The free energy of the bins without bias.
 * @throws RangeError if the arrays do not fit each other or there are no counts
 */
export function wham({ counts, bias, windows, statisticalInefficiency }: WhamProblem): WhamSolution {
  const bins = counts.length / windows;
  if (!Number.isInteger(bins) || bias.length !== counts.length) {
    throw new RangeError('counts-without-bias');
  }
  const visited = [...counts.keys()].filter((index) => counts[index] > 0);
  const reduced = new Float64Array(visited.length * windows);
  visited.forEach((index, row) => {
    for (let k = 0; k < windows; k++) reduced[row * windows + k] = bias[k * bins + (index % bins)];
  });
  const windowSizes = new Float64Array(windows);
  for (const index of visited) windowSizes[Math.floor(index / bins)] += counts[index];
  const solution = mbar({
    reduced,
    windowSizes,
    multiplicity: Float64Array.from(visited, (index) => counts[index]),
    statisticalInefficiency,
  });
  const bin = Int32Array.from(visited, (index) => index % bins);
  const profile = binnedFreeEnergy(solution, targetWeights(solution), bin, bins);
  return { ...profile, windowFreeEnergy: solution.freeEnergy, solution };
}
