import { useMemo } from 'react';
import { families } from '../../catalog.ts';
import { Basins } from '../../core/exact/basins.ts';
import type { Experiment } from '../../core/experiment.ts';
import { settingOf } from '../../core/model.ts';
import { useReference } from '../runs/reference.ts';
import { energyKey, systemOf } from './system.ts';

const BINS = 60;

/** Exact equilibrium probability of being outside the basin in which the walkers start. */
export function useExactShareOutside(experiment: Experiment): number | null {
  const key = energyKey(experiment);
  const cells = useReference(
    (client) => client.cellProbabilities(experiment, BINS),
    `${key} ${experiment.kT}`,
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: basins depend on the energy only
  const basins = useMemo(() => new Basins(settingOf(experiment, families).model), [key]);
  return useMemo(() => {
    if (!cells) return null;
    const { facts, start } = systemOf(experiment);
    const home = facts.minima.findIndex(({ name }) => name === start);
    const { xs, ys, values } = cells;
    const inside = values.reduce(
      (sum, share, k) =>
        basins.at(xs[k % xs.length], ys[Math.floor(k / xs.length)]) === home ? sum + share : sum,
      0,
    );
    return 1 - inside;
  }, [cells, basins, experiment]);
}
