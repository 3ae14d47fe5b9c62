/** What follows from a solution of MBAR: weights for any target state, free energies and expectations, with asymptotic errors. */
import { covariance, type Derivatives, multiplicityOf } from './influences.ts';
import type { MbarSolution } from './mbar.ts';

export interface Estimate {
  /** NaN if there are windows that share no samples: their weights against each other are unknown. */
  readonly value: number;
  readonly stderr: number;
}

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

function derivativesOfStates({ problem, freeEnergy, logDenominator }: MbarSolution): Derivatives {
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
