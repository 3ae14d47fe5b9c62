import { useMemo } from 'react';
import type { Experiment } from '../../core/experiment.ts';
import type { Figure } from '../../plots/figure.ts';
import { ceilingOf, landscapeFigure } from '../../plots/landscape.ts';
import { useReference } from '../runs/reference.ts';
import { usePalette } from '../theme.ts';
import { energyKey, highestPass, systemOf } from './system.ts';

const NODES = 121;

/** The energy landscape of an experiment, and the energy at which it ends. */
export function useLandscape(
  experiment: Experiment,
  quiet = false,
): { figure: Figure | null; ceiling: number } {
  const palette = usePalette();
  const { system, kT } = experiment;
  const grid = useReference((client) => client.landscape(experiment, NODES), energyKey(experiment));
  const options = { kT, pass: highestPass(experiment) };
  // biome-ignore lint/correctness/useExhaustiveDependencies: `options` follows from the system and kT
  const figure = useMemo(
    () =>
      grid && landscapeFigure(grid, { ...options, names: systemOf(experiment).coordinates, quiet }, palette),
    [grid, system, kT, palette, quiet],
  );
  return { figure, ceiling: ceilingOf(options) };
}
