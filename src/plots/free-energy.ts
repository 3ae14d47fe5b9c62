/** Free energy along the slow variable: exact and estimated. */
import type { Data, Shape } from 'plotly.js';
import type { FreeEnergy, FreeEnergyEstimate } from '../core/numerics/results.ts';
import { axis, type Figure, layout, type Margins, type Range } from './figure.ts';
import { type Palette, translucent } from './palette.ts';

const MARGINS: Margins = { left: 34, right: 6, top: 6, bottom: 34 };
const HIGHEST_SHOWN = 14;
const LOWEST_TOP = 6;

export interface FreeEnergyOptions {
  readonly cv: string;
  readonly range: Range;
  /** What is drawn: a free energy in kT, or, where there is no potential and no kT, the logarithm of the density. */
  readonly quantity: string;
}

export function freeEnergyFigure(
  exact: FreeEnergy | null,
  estimate: FreeEnergyEstimate | null,
  { cv, range, quantity }: FreeEnergyOptions,
  palette: Palette,
): Figure {
  const highest = exact ? Math.max(LOWEST_TOP, ...finite(exact.F)) : HIGHEST_SHOWN;
  const top = 1.04 * Math.min(HIGHEST_SHOWN, highest);
  const data: Data[] = [];
  if (exact)
    data.push({
      type: 'scatter',
      mode: 'lines',
      x: exact.cv,
      y: exact.F,
      line: { color: palette.ink, width: 1.8 },
      hoverinfo: 'skip',
    });
  if (estimate) data.push(dots(estimate, palette));
  return {
    data,
    layout: layout(palette, MARGINS, {
      xaxis: axis(palette, { title: cv, range, grid: false }),
      yaxis: axis(palette, { title: quantity, range: [-0.04 * top, top] }),
      shapes: estimate ? unvisited(estimate, range, palette) : [],
    }),
  };
}

function dots(estimate: FreeEnergyEstimate, palette: Palette): Data {
  return {
    type: 'scatter',
    mode: 'markers',
    x: estimate.cv,
    y: estimate.F,
    error_y: {
      type: 'data',
      array: Array.from(estimate.stderr, (value) => (Number.isFinite(value) ? value : 0)),
      color: palette.simulation,
      thickness: 1.2,
      width: 0,
    },
    marker: { color: palette.simulation, size: 5 },
    hoverinfo: 'skip',
  };
}

/** Shades every stretch of the slow variable where no walker has been. */
export function unvisited(
  estimate: FreeEnergyEstimate,
  [low, high]: Range,
  palette: Palette,
): Partial<Shape>[] {
  const width = (high - low) / estimate.cv.length;
  const shapes: Partial<Shape>[] = [];
  let from = -1;
  for (let i = 0; i <= estimate.cv.length; i++) {
    const empty = i < estimate.cv.length && !Number.isFinite(estimate.F[i]);
    if (empty && from < 0) from = i;
    if (empty || from < 0) continue;
    shapes.push({
      type: 'rect',
      layer: 'below',
      xref: 'x',
      yref: 'paper',
      x0: low + from * width,
      x1: low + i * width,
      y0: 0,
      y1: 1,
      line: { width: 0 },
      fillcolor: translucent(palette.edge, 0.16),
    });
    from = -1;
  }
  return shapes;
}

function finite(values: Float64Array): number[] {
  return Array.from(values).filter(Number.isFinite);
}
