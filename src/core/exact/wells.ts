/** Equilibrium probabilities of the basins of the stated minima. */
import { binCenters } from '../numerics/results.ts';
import { energiesOn } from '../systems/energy-surface.ts';
import type { SystemModel } from '../systems/model.ts';
import { Basins } from './basins.ts';

const CELLS = 240;
const CELLS_ON_LINE = 2000;

/**
 * Shares of the basins in the domain, by the midpoint rule. The domain shows where walkers are: what is outside is left out.
 * @throws Error for systems of more than two coordinates or without a potential
 */
export function wellShares(model: SystemModel, kT: number): Float64Array {
  const basins = new Basins(model);
  const { domain, facts } = model.system;
  const cells = domain.length === 1 ? CELLS_ON_LINE : CELLS;
  const axes = domain.map(([low, high]) => binCenters(low, high, cells));
  const energies = energiesOn(model, axes);
  const lowest = energies.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const shares = new Float64Array(facts.minima.length);
  let total = 0;
  energies.forEach((energy, k) => {
    const weight = Math.exp((lowest - energy) / kT);
    const well = basins.at(...axes.map((axis, d) => axis[d === 0 ? k % cells : Math.floor(k / cells)]));
    if (well >= 0) shares[well] += weight;
    total += weight;
  });
  return shares.map((share) => share / total);
}
