/** How far two estimates of a free energy are from each other. */
import type { FreeEnergy } from '../numerics/results.ts';

/** Bins that both have above this many kT count for nothing. */
export const CEILING = 8;

/** Largest difference in kT, after the best shift, over bins that both know; NaN if there is none. */
export function freeEnergyDifference(a: FreeEnergy, b: FreeEnergy): number {
  const differences = [...a.F.keys()]
    .filter((i) => a.F[i] < CEILING || b.F[i] < CEILING)
    .map((i) => a.F[i] - b.F[i])
    .filter(Number.isFinite);
  const shift = differences.reduce((sum, d) => sum + d, 0) / differences.length;
  return differences.reduce(
    (most, d) => Math.max(most, Math.abs(d - shift)),
    differences.length ? 0 : Number.NaN,
  );
}
