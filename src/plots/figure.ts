/** What every figure is made of. Figures are plain data; only the page's PlotView knows the library that draws them. */
import type { Data, Layout, LayoutAxis } from 'plotly.js';
import { inSymbols } from '../core/expression/symbols.ts';
import type { Palette } from './palette.ts';

export interface Figure {
  readonly data: Data[];
  readonly layout: Partial<Layout>;
  /** Needs WebGL and can be turned by hand. */
  readonly relief?: true;
}

/** Pixels between the edge of a figure and its plot area: fixed, so that a canvas can be laid over the plot area. */
export interface Margins {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export type Range = readonly [number, number];

export interface AxisOptions {
  readonly title: string;
  readonly range: Range;
  readonly log?: boolean;
  readonly grid?: boolean;
  readonly ticks?: boolean;
}

const FONT = 'Inter, "Segoe UI", system-ui, sans-serif';
const FONT_SIZE = 11;

export function axis(palette: Palette, options: AxisOptions): Partial<LayoutAxis> {
  const { title, range, log = false, grid = true, ticks = true } = options;
  return {
    title: { text: inSymbols(title), standoff: 6, font: { size: FONT_SIZE, color: palette.soft } },
    type: log ? 'log' : 'linear',
    range: [...range],
    fixedrange: true,
    autorange: false,
    showgrid: grid,
    gridcolor: palette.line,
    griddash: 'solid',
    zeroline: false,
    showline: false,
    showticklabels: ticks,
    ticks: '',
    nticks: 7,
    tickfont: { size: FONT_SIZE, color: palette.soft },
    ...(log ? { dtick: 1, exponentformat: 'power' } : {}),
  };
}

export function layout(palette: Palette, margins: Margins, rest: Partial<Layout>): Partial<Layout> {
  return {
    margin: { l: margins.left, r: margins.right, t: margins.top, b: margins.bottom, pad: 0 },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: FONT, size: FONT_SIZE, color: palette.soft },
    showlegend: false,
    hovermode: false,
    dragmode: false,
    autosize: false,
    ...rest,
  };
}

/** A title in the corner of a plot area, for figures of several panels. */
export function panelTitle(
  text: string,
  x: number,
  color: string,
): NonNullable<Layout['annotations']>[number] {
  return {
    text,
    x,
    y: 1,
    xref: 'paper',
    yref: 'paper',
    xanchor: 'left',
    yanchor: 'bottom',
    showarrow: false,
    font: { size: FONT_SIZE, color },
  };
}

/** What stands in the middle of a plot area that has nothing to show. */
export function emptyText(
  text: string,
  x: number,
  palette: Palette,
): NonNullable<Layout['annotations']>[number] {
  return {
    text,
    x,
    y: 0.5,
    xref: 'paper',
    yref: 'paper',
    xanchor: 'center',
    yanchor: 'middle',
    showarrow: false,
    // Lines of the grid would strike it through.
    bgcolor: palette.paper,
    borderpad: 4,
    font: { size: FONT_SIZE, color: palette.soft },
  };
}

/** Smallest and largest finite number of `values`. */
export function extent(values: ArrayLike<number>): Range {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  return low <= high ? [low, high] : [0, 1];
}
