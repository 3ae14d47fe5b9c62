/** What walkers are drawn on: a curve of the energy, its contours, or the plane of the first two coordinates. */
import { useMemo } from 'react';
import type { Grid, Points } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { SystemModel } from '../../core/systems/model.ts';
import { curveFigure, curveRange, planeFigure } from '../../plots/curve.ts';
import { extent, type Figure, type Range } from '../../plots/figure.ts';
import { ceilingOf, landscapeFigure } from '../../plots/landscape.ts';
import { highestPass, modelOf, systemOf, withinPeriod } from '../parts/system.ts';
import { useGrid } from '../parts/use-landscape.ts';
import { usePalette } from '../theme.ts';

export type SceneKind = 'curve' | 'contours' | 'plane';

export interface Scene {
  readonly kind: SceneKind;
  readonly figure: Figure | null;
  /** Ranges of the two axes. */
  readonly domain: readonly Range[];
  /** Energy at which the colours end, in kT; null without contours. */
  readonly ceiling: number | null;
  /** Where walkers are on the picture; null for walkers of another system. */
  readonly project: (points: Points) => Points | null;
  /** Energies of the picture, where it has them. */
  readonly grid: Grid | null;
}

export function sceneKindOf(experiment: Experiment): SceneKind {
  const { coordinates, energy } = systemOf(experiment);
  if (energy === null || coordinates.length > 2) return 'plane';
  return coordinates.length === 1 ? 'curve' : 'contours';
}

export function useScene(experiment: Experiment): Scene {
  const palette = usePalette();
  const { kT } = experiment;
  const model = modelOf(experiment);
  const pass = highestPass(experiment);
  const kind = sceneKindOf(experiment);
  const grid = useGrid(experiment, kind !== 'plane');
  return useMemo(() => {
    const { domain, coordinates: names } = model.system;
    const options = { kT, pass, names };
    const plane = [domain[0], domain[1] ?? domain[0]];
    if (kind === 'plane')
      return {
        kind,
        figure: planeFigure(plane, names, palette),
        domain: plane,
        ceiling: null,
        grid: null,
        project: flat(model),
      };
    if (kind === 'contours')
      return {
        kind,
        figure: grid && landscapeFigure(grid, options, palette),
        domain,
        ceiling: ceilingOf(options),
        grid,
        project: flat(model),
      };
    const lowest = grid ? extent(grid.values)[0] : Number.NaN;
    return {
      kind,
      figure: grid && curveFigure(grid, options, palette),
      domain: [domain[0], curveRange(options)],
      ceiling: null,
      grid,
      project: riding(model, lowest, kT),
    };
  }, [model, pass, kT, kind, grid, palette]);
}

/** The first two coordinates; periodic ones within their period. */
function flat({ dimension, system }: SystemModel): Scene['project'] {
  const periodic = system.coordinates.slice(0, 2).map((name) => system.periodic.includes(name));
  return (points) => {
    if (points.dimension !== dimension) return null;
    if (dimension === 2 && !periodic.some(Boolean)) return points;
    const count = points.values.length / dimension;
    const values = new Float32Array(2 * count);
    for (let k = 0; k < count; k++)
      for (let d = 0; d < 2; d++) {
        const value = points.values[k * dimension + d];
        values[2 * k + d] = periodic[d] ? withinPeriod(value, system.domain[d]) : value;
      }
    return { dimension: 2, values };
  };
}

/** On the curve of the energy. */
function riding(model: SystemModel, lowest: number, kT: number): Scene['project'] {
  const [range] = model.system.domain;
  const periodic = model.system.periodic.length > 0;
  return (points) => {
    if (points.dimension !== 1) return null;
    const x = Float64Array.from(points.values, (value) => (periodic ? withinPeriod(value, range) : value));
    const energies = new Float64Array(x.length);
    model.energy(x, x.length, energies);
    const values = new Float32Array(2 * x.length);
    x.forEach((value, k) => {
      values[2 * k] = value;
      values[2 * k + 1] = (energies[k] - lowest) / kT;
    });
    return { dimension: 2, values };
  };
}
