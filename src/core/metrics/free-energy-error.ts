/** How far a free energy is from the exact one, with what was never visited counted too. */
import type { EstimatedAt, ExactFreeEnergy, FreeEnergy } from '../numerics/results.ts';

/** Bins whose exact F is above this many kT count for nothing. */
const CEILING = 8;
/** What stands for the free energy of a bin that was not visited, unless the estimate goes higher. */
const UNVISITED = 12;

export interface FreeEnergyError {
  /**
   * Root mean square difference in kT over the bins with exact F below the ceiling, after the best shift, bins of equal weight.
   * Bins without an estimate are taken as 12 kT high, so that a run which knows one well only is not mistaken for a good one.
   */
  readonly rmse: number;
  /** Share of these bins without an estimate. */
  readonly unvisitedShare: number;
}

/** The same where there may be no estimate, or nothing exact to compare it with. */
export type MaybeError = Readonly<Record<keyof FreeEnergyError, number | null>>;
export const UNKNOWN_ERROR: MaybeError = { rmse: null, unvisitedShare: null };

/** The exact F with which an estimate is compared: of the bins, or at their centres. */
export function comparable(exact: FreeEnergy | ExactFreeEnergy, of: EstimatedAt): FreeEnergy {
  return of === 'bin' && 'ofBins' in exact ? { cv: exact.cv, F: exact.ofBins } : exact;
}

/** @returns null if no bin has an estimate, or fewer than two bins count */
export function freeEnergyError(
  estimate: FreeEnergy & { readonly of?: EstimatedAt },
  reference: FreeEnergy | ExactFreeEnergy,
  ceiling = CEILING,
): FreeEnergyError | null {
  const exact = comparable(reference, estimate.of ?? 'point');
  const known = estimate.F.filter(Number.isFinite);
  if (known.length === 0) return null;
  const stand = known.reduce((a, b) => Math.max(a, b), UNVISITED);
  const counted = [...estimate.F.keys()].filter((i) => exact.F[i] < ceiling);
  if (counted.length < 2) return null;
  const isKnown = (i: number) => Number.isFinite(estimate.F[i]);
  const differences = counted.map((i) => (isKnown(i) ? estimate.F[i] : stand) - exact.F[i]);
  const shift = differences.reduce((a, b) => a + b, 0) / differences.length;
  return {
    rmse: Math.sqrt(differences.reduce((sum, d) => sum + (d - shift) ** 2, 0) / differences.length),
    unvisitedShare: counted.filter((i) => !isKnown(i)).length / counted.length,
  };
}
