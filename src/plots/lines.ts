/** Several curves and points with errors over one axis: estimates beside what is exact. */
import type { Dash, Data } from 'plotly.js';
import { axis, emptyText, extent, type Figure, layout, type Margins, type Range } from './figure.ts';
import type { Palette } from './palette.ts';

export const LINES_MARGINS: Margins = { left: 48, right: 10, top: 8, bottom: 38 };
/** Shares of the ranges that are left free, above and below, left and right. */
const ROOM = 0.06;
const SIDE = 0.02;
/** Of the largest value that the vertical axis spans at least. */
const LEAST = 0.2;
/** Error bars end this many heights of the picture away: Plotly cannot write any longer ones. */
const LONGEST_BAR = 10;

export interface Line {
  readonly kind: 'exact' | 'simulation' | 'biased' | 'model' | 'asymptotic';
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Drawn as bars where it is known. */
  readonly stderr?: ArrayLike<number>;
  readonly dots?: boolean;
  readonly dash?: Dash;
}

export interface LinesOptions {
  readonly x: string;
  readonly y: string;
  /** Range of the values; that of the curves when absent. */
  readonly range?: Range;
  /** A value that the axis shows in any case. */
  readonly including?: number;
  /** What is written where there is nothing to draw. */
  readonly empty: string;
}

export function linesFigure(
  lines: readonly Line[],
  { x, y, range, including, empty }: LinesOptions,
  palette: Palette,
): Figure {
  const [left, right] = extent(lines.flatMap((line) => Array.from(line.x)));
  const values = lines.flatMap((line) => Array.from(line.y));
  const [low, high] = range ?? apart(extent(including === undefined ? values : [...values, including]));
  const room = ROOM * (high - low || 1);
  // A single place has no range of its own.
  const side = SIDE * (right - left || Math.abs(left) || 1);
  const known = lines.length > 0;
  return {
    data: known
      ? lines.map((line) => drawn(line, palette, LONGEST_BAR * (high - low + 2 * room)))
      : [{ type: 'scatter', x: [], y: [] }],
    layout: layout(palette, LINES_MARGINS, {
      annotations: known ? [] : [emptyText(empty, 0.5, palette)],
      xaxis: axis(palette, { title: x, range: [left - side, right + side], grid: false, ticks: known }),
      yaxis: axis(palette, { title: y, range: [low - room, high + room], grid: known, ticks: known }),
    }),
  };
}

/** A constant is not magnified until its last digits fill the picture. */
function apart([low, high]: Range): Range {
  const missing = LEAST * Math.max(Math.abs(low), Math.abs(high)) - (high - low);
  return missing > 0 ? [low - missing / 2, high + missing / 2] : [low, high];
}

function drawn(
  { kind, x, y, stderr, dots = false, dash = 'solid' }: Line,
  palette: Palette,
  longest: number,
): Data {
  const color = colorOf(kind, palette);
  return {
    type: 'scatter',
    mode: dots ? 'markers' : 'lines',
    x: Array.from(x),
    y: Array.from(y),
    line: { color, width: 1.8, dash },
    marker: { color, size: 5.5 },
    ...(stderr
      ? {
          error_y: {
            type: 'data',
            array: Array.from(stderr, (value) => (Number.isFinite(value) ? Math.min(value, longest) : 0)),
            color,
            thickness: 1.2,
            width: 0,
          },
        }
      : {}),
    hoverinfo: 'skip',
  } as Data;
}

function colorOf(kind: Line['kind'], palette: Palette): string {
  if (kind === 'exact') return palette.ink;
  return kind === 'asymptotic' ? palette.edge : palette[kind];
}
