/**
 * Multistate Bennett acceptance ratio: free energies of all states, and weights for any state, from samples of several
 * (Shirts, Chodera, J. Chem. Phys. 129, 124105 (2008), doi 10.1063/1.2978177). Energies in kT throughout.
 *
 * With K states and N samples a pass costs N K exponentials at most; terms that double precision cannot see are
 * skipped, so that distant windows cost a subtraction. Half a dozen passes solve, one more pair gives errors.
 */

import { solveSemidefinite } from '../numerics/semidefinite.ts';
import type { MbarProblem } from './mbar-likelihood.ts';
import { type Likelihood, likelihood } from './mbar-likelihood.ts';

export interface MbarSolution {
  readonly problem: MbarProblem;
  /** Free energy of each state in kT, that of state 0 being 0. */
  readonly freeEnergy: Float64Array;
  /** log of sum_k N_k exp(f_k - u_k) for each row: minus this is the log weight of the row before a target's energy. */
  readonly logDenominator: Float64Array;
  /**
   * Overlap matrix O = N W^T W, `overlap[i * K + j]`: share of window i's samples that window j would claim. Rows of
   * sampled windows add up to 1; those of the others are 0.
   */
  readonly overlap: Float64Array;
  readonly converged: boolean;
  readonly iterations: number;
  /** Largest relative violation of the equations, max_k |sum_n W_nk - 1|. */
  readonly residual: number;
  /** Whether every sampled window shares samples with every other, if only through a chain. Overlap judges how well. */
  readonly connected: boolean;
  /** Minus the Hessian of the log-likelihood. */
  readonly information: Float64Array;
}

/** Longest Newton step, in kT, at which f counts as solved. */
const TOLERANCE = 1e-8;

const MOST_ITERATIONS = 60;

const MOST_HALVINGS = 6;

/** Rows per window with which the search begins; all rows only polish what these give. */
const FIRST_ROWS = 1000;

/** Row at which the samples of each state begin, and the end. */
function startsOf({ windowSizes, multiplicity, reduced }: MbarProblem): Float64Array {
  const states = windowSizes.length;
  const rows = reduced.length / states;
  const starts = new Float64Array(states + 1);
  let row = 0;
  for (let k = 0; k < states; k++) {
    if (!(windowSizes[k] >= 0)) throw new RangeError('window-sizes-no-counts');
    for (let left = windowSizes[k]; left > 0 && row < rows; row++) left -= multiplicity?.[row] ?? 1;
    starts[k + 1] = row;
  }
  const total = Array.from(windowSizes).reduce((a, b) => a + b, 0);
  const counted = multiplicity ? multiplicity.reduce((a, b) => a + b, 0) : rows;
  if (!(total > 0) || counted !== total || row !== rows) {
    throw new RangeError('window-sizes-not-samples');
  }
  return starts;
}

/**
 * A start for f: along the tree of the closest windows (Kullback-Leibler divergence, both directions together), the
 * difference that is exact if the work between two windows is Gaussian.
 */
function firstGuess({ reduced }: MbarProblem, starts: Float64Array, stride: number): Float64Array {
  const states = starts.length - 1;
  const means = new Float64Array(states * states);
  for (let i = 0; i < states; i++) {
    const rows = Math.ceil((starts[i + 1] - starts[i]) / stride);
    for (let n = starts[i]; n < starts[i + 1]; n += stride) {
      for (let k = 0; k < states; k++) means[i * states + k] += reduced[n * states + k] / rows;
    }
  }
  const excess = (i: number, j: number) => means[i * states + j] - means[i * states + i];
  const f = new Float64Array(states);
  const waiting = new Set([...f.keys()].filter((k) => starts[k + 1] > starts[k]));
  const reached: number[] = [];
  while (waiting.size > 0) {
    let best = { distance: Number.POSITIVE_INFINITY, to: waiting.values().next().value as number, value: 0 };
    for (const to of waiting) {
      for (const from of reached) {
        const distance = excess(from, to) + excess(to, from);
        if (!(distance < best.distance)) continue;
        best = { distance, to, value: f[from] + (excess(from, to) - excess(to, from)) / 2 };
      }
    }
    f[best.to] = best.value;
    waiting.delete(best.to);
    reached.push(best.to);
  }
  return f;
}

/** Newton's method on the concave log-likelihood, halving steps that descend; self-consistent where that fails. */
function maximize(problem: MbarProblem, starts: Float64Array, first: Float64Array, stride: number) {
  let f = first;
  let here = likelihood(problem, starts, f, stride);
  for (let iterations = 1; ; iterations++) {
    const gradient = here.sizes.map((size, k) => size - here.claimed[k]);
    const step = solveSemidefinite(here.information, gradient).x;
    const longest = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const converged = longest < TOLERANCE;
    if (converged || iterations >= MOST_ITERATIONS) return { f, here, iterations, converged };
    const slack = 1e-13 * Math.abs(here.value);
    let next: Likelihood | null = null;
    for (let halving = 0; halving < MOST_HALVINGS; halving++) {
      const trial = f.map((value, k) => value + step[k] * 2 ** -halving);
      next = likelihood(problem, starts, trial, stride);
      if (next.value >= here.value - slack) {
        f = trial;
        break;
      }
      next = null;
    }
    if (!next) {
      const { claimed, sizes } = here;
      f = f.map((value, k) => (claimed[k] > 0 ? value - Math.log(claimed[k] / sizes[k]) : value));
      next = likelihood(problem, starts, f, stride);
    }
    here = next;
  }
}

/**
 * Free energies of all states from the samples of those that have any.
 *
 * States that share no samples keep an arbitrary constant between them: look at `overlap` before believing differences.
 * @throws RangeError if the window sizes do not fit the rows
 */
export function mbar(problem: MbarProblem): MbarSolution {
  const { reduced, windowSizes, multiplicity } = problem;
  const states = windowSizes.length;
  const starts = startsOf(problem);
  const stride = Math.max(1, Math.floor(starts[states] / states / FIRST_ROWS));
  const guess = firstGuess(problem, starts, stride);
  const start = stride > 1 ? maximize(problem, starts, guess, stride).f : guess;
  const { f, here, iterations, converged } = maximize(problem, starts, start, 1);
  const { claimed, sizes, information, logDenominator } = here;
  for (let k = 0; k < states; k++) {
    if (sizes[k] > 0) continue;
    let lowest = Number.POSITIVE_INFINITY;
    for (let n = 0; n < starts[states]; n++)
      lowest = Math.min(lowest, reduced[n * states + k] + logDenominator[n]);
    let sum = 0;
    for (let n = 0; n < starts[states]; n++) {
      sum += (multiplicity?.[n] ?? 1) * Math.exp(lowest - reduced[n * states + k] - logDenominator[n]);
    }
    f[k] = lowest - Math.log(sum);
  }
  const overlap = information.map((entry, index) => {
    const [i, j] = [Math.floor(index / states), index % states];
    return sizes[i] > 0 ? ((i === j ? claimed[i] : 0) - entry) / sizes[i] : 0;
  });
  return {
    problem,
    freeEnergy: f.map((value) => value - f[0]),
    logDenominator: logDenominator.map((value) => value - f[0]),
    overlap,
    converged,
    iterations,
    residual: sizes.reduce(
      (most, size, k) => (size > 0 ? Math.max(most, Math.abs(claimed[k] / size - 1)) : most),
      0,
    ),
    connected: solveSemidefinite(information, sizes).pinned === 1 + sizes.filter((size) => size === 0).length,
    information,
  };
}
