import { useMemo } from 'react';
import { binCenters, type Grid, type Points } from '../../core/channels.ts';
import { DENSITY_BINS } from '../../core/comparison.ts';
import { Basins } from '../../core/exact/basins.ts';
import { energiesOn } from '../../core/exact/density.ts';
import type { Experiment } from '../../core/experiment.ts';
import type { Model } from '../../core/model.ts';
import { useReference } from '../runs/reference.ts';
import { energyKey, hasExactDensity, modelOf, systemOf } from './system.ts';

export interface WellShares {
  readonly name: string;
  /** Share of the walkers there now; null before there are any. */
  readonly now: number | null;
  /** Exact equilibrium probability; null until it is known. */
  readonly exact: number | null;
}

/** Weights of places, the coordinates of each one after the other. */
interface Weighted {
  readonly places: ArrayLike<number>;
  readonly weight: (place: number) => number;
}

const NODES_ON_LINE = 2000;

/** Shares of the basins of all minima, of the walkers and in equilibrium; none where basins are not known. */
export function useWells(experiment: Experiment, walkers: Points | null): readonly WellShares[] {
  const key = energyKey(experiment);
  const { kT } = experiment;
  const dimension = systemOf(experiment).coordinates.length;
  const known = hasExactDensity(experiment);
  const plane = known && dimension === 2;
  const cells = useReference(
    plane ? (client) => client.cellProbabilities(experiment, DENSITY_BINS) : null,
    `${key} ${kT}`,
  );
  // Basins take a while: not before the first walkers are on the screen.
  const due = known && walkers !== null && (!plane || cells !== null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: basins depend on the energy only
  const basins = useMemo(() => (due ? new Basins(modelOf(experiment)) : null), [key, due]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the model follows from the key
  const exact = useMemo(() => {
    if (!basins) return null;
    if (dimension === 1) return sharesOf(onLine(modelOf(experiment), kT), basins, 1);
    return cells && sharesOf(ofCells(cells), basins, 2);
  }, [cells, basins, key, kT, dimension]);
  const now = useMemo(() => {
    if (!walkers || !basins || walkers.dimension !== dimension) return null;
    const count = walkers.values.length / dimension;
    return sharesOf({ places: walkers.values, weight: () => 1 / count }, basins, dimension);
  }, [walkers, basins, dimension]);
  if (!known) return [];
  return systemOf(experiment).facts.minima.map(({ name }, k) => ({
    name,
    now: now && (now.get(k) ?? 0),
    exact: exact && (exact.get(k) ?? 0),
  }));
}

/** Boltzmann weights along the only coordinate. */
function onLine(model: Model, kT: number): Weighted {
  const places = binCenters(...model.system.domain[0], NODES_ON_LINE);
  const energies = energiesOn(model, [places]);
  const lowest = energies.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const weights = energies.map((energy) => Math.exp((lowest - energy) / kT));
  const total = weights.reduce((a, b) => a + b, 0);
  return { places, weight: (k) => weights[k] / total };
}

function ofCells({ xs, ys, values }: Grid): Weighted {
  const places = new Float64Array(2 * values.length);
  values.forEach((_, k) => {
    places[2 * k] = xs[k % xs.length];
    places[2 * k + 1] = ys[Math.floor(k / xs.length)];
  });
  return { places, weight: (k) => values[k] };
}

function sharesOf({ places, weight }: Weighted, basins: Basins, dimension: number): Map<number, number> {
  const shares = new Map<number, number>();
  const state = new Array<number>(dimension);
  for (let k = 0; k < places.length / dimension; k++) {
    for (let d = 0; d < dimension; d++) state[d] = places[k * dimension + d];
    const well = basins.at(...state);
    shares.set(well, (shares.get(well) ?? 0) + weight(k));
  }
  return shares;
}
