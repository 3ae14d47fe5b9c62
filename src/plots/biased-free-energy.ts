/** Free energy along the collective variable: exact, estimated by several runs, and the bias that fills it. */
import type { Data, Layout } from 'plotly.js';
import type { FreeEnergy, FreeEnergyEstimate, Series } from '../core/numerics/results.ts';
import { axis, emptyText, type Figure, layout, type Margins, type Range } from './figure.ts';
import { unvisited } from './free-energy.ts';
import { LANDSCAPE_MARGINS } from './landscape.ts';
import { type Palette, translucent } from './palette.ts';
import { type RunFamily, runMark } from './run-marks.ts';

/** As wide as the landscape, so that a coordinate stands below itself. */
export const BIASED_MARGINS: Margins = { ...LANDSCAPE_MARGINS, bottom: 40 };

const HIGHEST_SHOWN = 16;
const LOWEST_TOP = 6;
/** Room below zero where the handles of windows are, as a share of the height above it. */
const BELOW = 0.14;

export interface ShownRun {
  readonly family: RunFamily;
  readonly mark: number;
  readonly freeEnergy: FreeEnergyEstimate;
  /** Drawn with error bars; the others as lines. */
  readonly present: boolean;
}

export interface BiasedFreeEnergy {
  readonly exact: FreeEnergy | null;
  readonly runs: readonly ShownRun[];
  /** The bias along the collective variable, kT. */
  readonly bias: Series | null;
}

export interface BiasedOptions {
  readonly cv: string;
  /** Range of the axis. */
  readonly shown: Range;
  /** Range of the collective variable, where bins are. */
  readonly range: Range;
  readonly quantity: string;
  /** What is written where no free energy is. */
  readonly empty: string | null;
}

export function biasedFreeEnergyFigure(
  { exact, runs, bias }: BiasedFreeEnergy,
  { cv, shown, range, quantity, empty }: BiasedOptions,
  palette: Palette,
): Figure {
  const highest = highestOf([exact, ...runs.map(({ freeEnergy }) => freeEnergy)]);
  const top = 1.06 * Math.min(HIGHEST_SHOWN, Math.max(LOWEST_TOP, highest));
  const present = runs.find((run) => run.present);
  const data: Data[] = [];
  if (bias) data.push(...filling(bias, exact, palette));
  if (exact) data.push(lineOf(exact, palette.ink, 1.8));
  for (const run of runs) data.push(run.present ? dots(run, palette) : overlaid(run, palette));
  return {
    data,
    layout: layout(palette, BIASED_MARGINS, {
      annotations: empty === null ? [] : [note(wrapped(empty), palette)],
      xaxis: axis(palette, { title: cv, range: shown, grid: false }),
      yaxis: axis(palette, { title: quantity, range: [-BELOW * top, top] }),
      shapes: present ? unvisited(present.freeEnergy, range, palette) : [],
    }),
  };
}

/**
 * What walkers feel: the bias on top of the exact free energy, or from zero where that is not known. Only differences of a
 * bias matter: its lowest value is taken as zero, or it would grow out of the picture.
 */
function filling(bias: Series, exact: FreeEnergy | null, palette: Palette): Data[] {
  const x = exact ? Array.from(exact.cv) : Array.from(bias.x);
  const floor = exact ? Array.from(exact.F) : x.map(() => 0);
  const heights = x.map((value) => interpolated(bias, value));
  const lowest = heights.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const filled = heights.map((height, i) => floor[i] + height - lowest);
  return [
    { ...lineOf({ cv: x, F: floor }, 'rgba(0,0,0,0)', 0) },
    {
      ...lineOf({ cv: x, F: filled }, translucent(palette.biased, 0.55), 1.2),
      fill: 'tonexty',
      fillcolor: translucent(palette.biased, 0.2),
    } as Data,
  ];
}

/** Linear between the nodes of a series, constant beyond its ends. */
export function interpolated({ x, y }: Series, at: number): number {
  const last = x.length - 1;
  if (last < 0) return 0;
  if (at <= x[0]) return y[0];
  if (at >= x[last]) return y[last];
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle] <= at) low = middle;
    else high = middle;
  }
  const share = (at - x[low]) / (x[high] - x[low]);
  return y[low] + share * (y[high] - y[low]);
}

function lineOf(
  { cv, F }: { cv: ArrayLike<number>; F: ArrayLike<number> },
  color: string,
  width: number,
): Data {
  return {
    type: 'scatter',
    mode: 'lines',
    x: Array.from(cv),
    y: Array.from(F),
    line: { color, width },
    hoverinfo: 'skip',
  };
}

function dots({ family, freeEnergy, mark }: ShownRun, palette: Palette): Data {
  const { color, symbol } = runMark(family, mark, palette);
  return {
    type: 'scatter',
    mode: 'markers',
    x: freeEnergy.cv,
    y: freeEnergy.F,
    error_y: {
      type: 'data',
      array: Array.from(freeEnergy.stderr, (value) => (Number.isFinite(value) ? value : 0)),
      color,
      thickness: 1.3,
      width: 0,
    },
    marker: { color, symbol, size: 5.5 },
    hoverinfo: 'skip',
  };
}

/** A run of before: a line with its dash, and its symbol now and then. */
function overlaid({ family, freeEnergy, mark }: ShownRun, palette: Palette): Data {
  const { color, symbol, dash } = runMark(family, mark, palette);
  return {
    type: 'scatter',
    mode: 'lines+markers',
    x: freeEnergy.cv,
    y: freeEnergy.F,
    opacity: 0.75,
    line: { color, width: 1.3, dash },
    marker: { color, symbol, size: 5, maxdisplayed: 14 },
    hoverinfo: 'skip',
  };
}

function highestOf(curves: readonly (FreeEnergy | null)[]): number {
  let highest = 0;
  for (const curve of curves)
    for (const value of curve?.F ?? []) if (Number.isFinite(value)) highest = Math.max(highest, value);
  return highest === 0 ? HIGHEST_SHOWN : highest;
}

/** At the top, where neither a well nor a bias is drawn. */
function note(text: string, palette: Palette): NonNullable<Layout['annotations']>[number] {
  return { ...emptyText(text, 0.5, palette), y: 0.98, yanchor: 'top' };
}

const LINE_LENGTH = 52;

/** Lines of the length that a narrow figure has room for. */
function wrapped(text: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last.length + word.length < LINE_LENGTH) lines[lines.length - 1] = `${last} ${word}`.trim();
    else lines.push(word);
  }
  return lines.join('<br>');
}
