/** How much of what a model proposes is accepted along the collective variable, above the windows as they fill. */
import type { Data, Layout } from 'plotly.js';
import type { CoupleWindow } from '../core/coupling/frame.ts';
import type { Series } from '../core/numerics/results.ts';
import { text } from '../text/index.ts';
import { axis, emptyText, type Figure, layout, type Margins, type Range } from './figure.ts';
import { LANDSCAPE_MARGINS } from './landscape.ts';
import { type Palette, translucent } from './palette.ts';

/** As wide as the landscape, so that a coordinate stands below itself. */
export const WINDOWS_MARGINS: Margins = { ...LANDSCAPE_MARGINS, top: 4, bottom: 36 };

/** Where windows are drawn, in units of the acceptance. */
const FOOT = -0.3;
const HEAD = -0.06;
/** Of the distance between centres that a window is drawn wide. */
const WIDE = 0.72;

export interface WindowsFigure {
  readonly acceptance: Series;
  readonly windows: readonly CoupleWindow[];
  /** Windows in which walkers are now. */
  readonly occupied: ReadonlySet<number>;
  /** Range of the data of the model; null without one. */
  readonly trained: Range | null;
}

export interface WindowsOptions {
  readonly cv: string;
  readonly shown: Range;
  /** What is written where there is no acceptance. */
  readonly empty: string;
}

export function couplingWindowsFigure(
  { acceptance, windows, occupied, trained }: WindowsFigure,
  { cv, shown, empty }: WindowsOptions,
  palette: Palette,
): Figure {
  const tried = acceptance.y.some(Number.isFinite);
  return {
    data: [tried ? curve(acceptance, palette) : { type: 'scatter', x: [], y: [], hoverinfo: 'skip' }],
    layout: layout(palette, WINDOWS_MARGINS, {
      annotations: tried ? [] : [{ ...emptyText(empty, 0.5, palette), y: 0.62 }],
      xaxis: axis(palette, { title: cv, range: shown, grid: false }),
      yaxis: {
        ...axis(palette, { title: text.plots.acceptance, range: [FOOT - 0.04, 1.04] }),
        tickvals: [0, 0.5, 1],
        ticktext: ['0', '½', '1'],
      },
      shapes: [...beyond(trained, shown, palette), ...boxes(windows, occupied, palette)],
    }),
  };
}

function curve({ x, y }: Series, palette: Palette): Data {
  return {
    type: 'scatter',
    mode: 'lines',
    x,
    y,
    line: { color: palette.model, width: 1.8, shape: 'hvh' },
    fill: 'tozeroy',
    fillcolor: translucent(palette.model, 0.14),
    connectgaps: false,
    hoverinfo: 'skip',
  };
}

/** Where the model extrapolates. */
export function beyond(
  trained: Range | null,
  [low, high]: Range,
  palette: Palette,
): NonNullable<Layout['shapes']> {
  if (!trained) return [];
  const sides: Range[] = [
    [low, Math.max(low, trained[0])],
    [Math.min(high, trained[1]), high],
  ];
  return sides
    .filter(([from, to]) => to > from)
    .map(([x0, x1]) => ({
      type: 'rect',
      xref: 'x',
      yref: 'paper',
      x0,
      x1,
      y0: 0,
      y1: 1,
      line: { width: 0 },
      fillcolor: translucent(palette.model, 0.09),
      layer: 'below',
    }));
}

function boxes(
  windows: readonly CoupleWindow[],
  occupied: ReadonlySet<number>,
  palette: Palette,
): NonNullable<Layout['shapes']> {
  const spacing = windows.length > 1 ? Math.abs(windows[1].center - windows[0].center) : 1;
  return windows.map(({ center, covered }, k) => ({
    type: 'rect',
    xref: 'x',
    yref: 'y',
    x0: center - (WIDE * spacing) / 2,
    x1: center + (WIDE * spacing) / 2,
    y0: FOOT,
    y1: HEAD,
    line: {
      width: occupied.has(k) ? 1.6 : 0.8,
      color: occupied.has(k) || covered ? palette.biased : palette.edge,
    },
    fillcolor: covered ? translucent(palette.biased, occupied.has(k) ? 0.75 : 0.4) : 'rgba(0,0,0,0)',
  }));
}
