/** How far a free energy is from the exact one, with what was never visited counted too. */
import type { FreeEnergy } from '../numerics/results.ts';

/** Bins whose exact F is above this many kT count for nothing. */
const CEILING = 8;
/** What stands for the free energy of a bin that was not visited, unless the estimate goes higher. */
const UNVISITED = 12;

/**
 * Root mean square difference in kT over the bins with exact F below 8 kT, after the best shift, bins of equal weight. Bins
 * without an estimate are taken as 12 kT high, so that a run which knows one well only is not mistaken for a good one.
 * @returns null if no bin has an estimate, or fewer than two bins count
 */
export function freeEnergyError(estimate: FreeEnergy, exact: FreeEnergy, ceiling = CEILING): number | null {
  const known = estimate.F.filter(Number.isFinite);
  if (known.length === 0) return null;
  const stand = known.reduce((a, b) => Math.max(a, b), UNVISITED);
  const differences = [...estimate.F.keys()]
    .filter((i) => exact.F[i] < ceiling)
    .map((i) => (Number.isFinite(estimate.F[i]) ? estimate.F[i] : stand) - exact.F[i]);
  if (differences.length < 2) return null;
  const shift = differences.reduce((a, b) => a + b, 0) / differences.length;
  return Math.sqrt(differences.reduce((sum, d) => sum + (d - shift) ** 2, 0) / differences.length);
}
