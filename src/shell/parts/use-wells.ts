import { useMemo } from 'react';
import type { Experiment } from '../../core/params/experiment.ts';
import type { SimulationFrame } from '../../core/sampling/frames.ts';
import { reference, useReference } from '../runs/reference.ts';
import { hasExactDensity, systemOf } from './system.ts';

export interface WellShares {
  readonly name: string;
  /** Share of the walkers there now; null before there are any. */
  readonly now: number | null;
  /** Exact equilibrium probability; null until it is known. */
  readonly exact: number | null;
}

/** Shares of the basins of all minima, of the walkers and in equilibrium; none where basins are not known. */
export function useWells(experiment: Experiment, frame: SimulationFrame | null): readonly WellShares[] {
  const { minima } = systemOf(experiment).facts;
  const known = hasExactDensity(experiment);
  const exact = useReference(known ? reference.wellShares(experiment) : null);
  const { walkers } = experiment;
  const populations = frame?.populations ?? null;
  return useMemo(
    () =>
      known
        ? minima.map(({ name }, k) => ({
            name,
            now: populations && (populations[k] ?? 0) / walkers,
            exact: exact && (exact[k] ?? 0),
          }))
        : [],
    [minima, known, exact, populations, walkers],
  );
}
