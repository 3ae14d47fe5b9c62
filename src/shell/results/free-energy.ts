import {
  comparable,
  type FreeEnergyError,
  freeEnergyError,
  type MaybeError,
  UNKNOWN_ERROR,
} from '../../core/metrics/free-energy-error.ts';
import type { EstimatedAt, FreeEnergy, FreeEnergyEstimate } from '../../core/numerics/results.ts';
import type { BiasHistory } from '../../core/sampling/frames.ts';

/** A free energy in the file of results. */
export interface FreeEnergyResult extends MaybeError {
  /** Whether F is that of bins, -log of the mean of exp(-F) over each, or that at their centres; so is `exact`. */
  readonly of: EstimatedAt;
  readonly cv: readonly number[];
  /** kT, minimum 0; null where nothing was visited. */
  readonly F: readonly (number | null)[];
  readonly stderr: readonly (number | null)[];
  /** Null where no exact reference is to be had, as are the error and the unvisited share. */
  readonly exact: readonly number[] | null;
}

export function freeEnergyResult(
  estimate: FreeEnergyEstimate,
  exact: FreeEnergy | null,
  ceiling?: number,
): FreeEnergyResult {
  return {
    of: estimate.of,
    cv: [...estimate.cv],
    F: numbersOrNull(estimate.F),
    stderr: numbersOrNull(estimate.stderr),
    exact: exact && [...comparable(exact, estimate.of).F],
    ...((exact && freeEnergyError(estimate, exact, ceiling)) ?? UNKNOWN_ERROR),
  };
}

export interface ConvergenceResult extends FreeEnergyError {
  readonly forceEvaluations: number;
}

/** Errors of the estimates on the way against what they cost; empty without an exact reference. */
export function convergenceResult(
  history: readonly BiasHistory[],
  exact: FreeEnergy | null,
  ceiling?: number,
): ConvergenceResult[] {
  if (!exact) return [];
  return history.flatMap(({ forceEvaluations, freeEnergy }) => {
    const error = freeEnergyError(freeEnergy, exact, ceiling);
    return error ? [{ forceEvaluations, ...error }] : [];
  });
}

export function numbersOrNull(values: Float64Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isFinite(value) ? value : null));
}
