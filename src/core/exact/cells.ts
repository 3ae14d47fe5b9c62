/** Exact probability of each cell of a plot, the reference for two-dimensional histograms. */
import { binCenters, type Grid } from '../numerics/results.ts';
import { energiesOn } from '../systems/energy-surface.ts';
import type { SystemModel } from '../systems/model.ts';
import type { Density } from './density.ts';

/** Midpoint nodes per cell and direction. */
const SUBDIVISION = 8;

/** Probabilities of the cells of a bins x bins grid over the domain; what is missing to 1 lies outside. */
export function cellProbabilities(model: SystemModel, kT: number, density: Density, bins: number): Grid {
  const [[x0, x1], [y0, y1]] = model.system.domain;
  const fine = bins * SUBDIVISION;
  const energies = energiesOn(model, [binCenters(x0, x1, fine), binCenters(y0, y1, fine)]);
  const area = (((x1 - x0) / fine) * (y1 - y0)) / fine;
  const values = new Float64Array(bins * bins);
  for (let k = 0; k < energies.length; k++) {
    const i = Math.floor((k % fine) / SUBDIVISION);
    const j = Math.floor(k / fine / SUBDIVISION);
    values[j * bins + i] += Math.exp(-energies[k] / kT - density.logPartition) * area;
  }
  return { xs: binCenters(x0, x1, bins), ys: binCenters(y0, y1, bins), values };
}
