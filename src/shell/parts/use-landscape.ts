import { useMemo } from 'react';
import type { Grid } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { Figure } from '../../plots/figure.ts';
import { ceilingOf, landscapeFigure } from '../../plots/landscape.ts';
import { reference, useReference } from '../runs/reference.ts';
import { usePalette } from '../theme.ts';
import { highestPass, systemOf } from './system.ts';

const NODES = 121;
const CURVE_NODES = 401;

/** Energies over the domain of a system of one or two coordinates. */
export function useGrid(experiment: Experiment, wanted = true): Grid | null {
  const nodes = systemOf(experiment).coordinates.length === 1 ? CURVE_NODES : NODES;
  return useReference(wanted ? reference.landscape(experiment, nodes) : null);
}

/** The energy landscape of an experiment with two coordinates, and the energy at which it ends. */
export function useLandscape(
  experiment: Experiment,
  quiet = false,
): { figure: Figure | null; ceiling: number } {
  const palette = usePalette();
  const { kT } = experiment;
  const grid = useGrid(experiment);
  const pass = highestPass(experiment);
  const { coordinates: names } = systemOf(experiment);
  const figure = useMemo(
    () => grid && landscapeFigure(grid, { kT, pass, names, quiet }, palette),
    [grid, names, kT, pass, palette, quiet],
  );
  return { figure, ceiling: ceilingOf({ kT, pass }) };
}
