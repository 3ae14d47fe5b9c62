import { useMemo } from 'react';
import { families } from '../../catalog.ts';
import type { Grid, Points } from '../../core/channels.ts';
import { DENSITY_BINS } from '../../core/comparison.ts';
import { Basins } from '../../core/exact/basins.ts';
import type { Experiment } from '../../core/experiment.ts';
import { settingOf } from '../../core/model.ts';
import { useReference } from '../runs/reference.ts';
import { energyKey, systemOf } from './system.ts';

export interface WellShares {
  readonly name: string;
  /** Share of the walkers there now; null before there are any. */
  readonly now: number | null;
  /** Exact equilibrium probability; null until it is known. */
  readonly exact: number | null;
}

/** Shares of the basins of all minima, of the walkers and in equilibrium. */
export function useWells(experiment: Experiment, walkers: Points | null): readonly WellShares[] {
  const key = energyKey(experiment);
  const cells = useReference(
    (client) => client.cellProbabilities(experiment, DENSITY_BINS),
    `${key} ${experiment.kT}`,
  );
  // Basins take a while: not before the first walkers are on the screen.
  const due = cells !== null && walkers !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: basins depend on the energy only
  const basins = useMemo(() => (due ? new Basins(settingOf(experiment, families).model) : null), [key, due]);
  const exact = useMemo(() => cells && basins && sharesOfCells(cells, basins), [cells, basins]);
  const now = useMemo(() => walkers && basins && sharesOfWalkers(walkers, basins), [walkers, basins]);
  return systemOf(experiment).facts.minima.map(({ name }, k) => ({
    name,
    now: now && (now.get(k) ?? 0),
    exact: exact && (exact.get(k) ?? 0),
  }));
}

function sharesOfWalkers({ values, dimension }: Points, basins: Basins): Map<number, number> {
  const shares = new Map<number, number>();
  const count = values.length / dimension;
  for (let k = 0; k < count; k++)
    add(shares, basins.at(values[k * dimension], values[k * dimension + 1]), 1 / count);
  return shares;
}

function sharesOfCells({ xs, ys, values }: Grid, basins: Basins): Map<number, number> {
  const shares = new Map<number, number>();
  values.forEach((share, k) => {
    add(shares, basins.at(xs[k % xs.length], ys[Math.floor(k / xs.length)]), share);
  });
  return shares;
}

function add(shares: Map<number, number>, key: number, share: number): void {
  shares.set(key, (shares.get(key) ?? 0) + share);
}
