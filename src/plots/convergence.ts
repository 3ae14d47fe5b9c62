/** Error of free energies against what they cost, of all runs that are compared. */

import type { Data, Layout } from 'plotly.js';
import { text } from '../text/index.ts';
import { axis, emptyText, extent, type Figure, layout, type Margins, type Range } from './figure.ts';
import type { Palette } from './palette.ts';
import { type RunFamily, runMark } from './run-marks.ts';

const MARGINS: Margins = { left: 44, right: 14, top: 8, bottom: 38 };
/** Room for names of runs, px, and their distance as a share of the height. */
const LABELS = 86;
const LABEL_SPACING = 0.07;

export interface ConvergenceNote {
  readonly forceEvaluations: number;
  /** kT. */
  readonly rmse: number;
}

export interface ConvergenceRun {
  readonly family: RunFamily;
  readonly mark: number;
  readonly notes: readonly ConvergenceNote[];
  /** Written at the end of its line. */
  readonly label?: string;
  /** Drawn thicker than the others. */
  readonly present?: boolean;
}

export interface ConvergenceOptions {
  /** Force evaluations that the present run may spend. */
  readonly budget: number;
  /** What is written where there is nothing to draw. */
  readonly empty: string;
}

export function convergenceFigure(
  runs: readonly ConvergenceRun[],
  { budget, empty }: ConvergenceOptions,
  palette: Palette,
): Figure {
  const notes = runs.flatMap((run) => run.notes);
  const spent = notes.map(({ forceEvaluations }) => forceEvaluations);
  const errors = notes.map(({ rmse }) => rmse).filter((rmse) => rmse > 0);
  const [least, most] = spent.length > 0 ? extent(spent) : [budget / 100, budget];
  const x: Range = [
    Math.log10(Math.min(least, budget / 100)) - 0.05,
    Math.log10(Math.max(most, budget)) + 0.05,
  ];
  const [low, high] = errors.length > 0 ? extent(errors) : [0.05, 5];
  const y: Range = [Math.log10(low) - 0.12, Math.log10(high) + 0.12];
  const labelled = runs.some(({ label }) => label !== undefined);
  return {
    data: runs.map((run) => line(run, palette)),
    layout: layout(palette, labelled ? { ...MARGINS, right: LABELS } : MARGINS, {
      annotations: notes.length > 0 ? labels(runs, x, y, palette) : [emptyText(empty, 0.5, palette)],
      xaxis: {
        ...axis(palette, { title: text.plots.forceEvaluations, range: x, log: true }),
        ...ticksOf(x, [1], counted),
      },
      yaxis: {
        ...axis(palette, { title: text.plots.rmse, range: y, log: true }),
        ...ticksOf(y, y[1] - y[0] > 2 ? [1] : [1, 2, 5], String),
      },
    }),
  };
}

/** Names at the right edge, each as near to the end of its line as its neighbours let it. */
function labels(
  runs: readonly ConvergenceRun[],
  [, right]: Range,
  [low, high]: Range,
  palette: Palette,
): NonNullable<Layout['annotations']> {
  const named = runs.filter(({ label, notes }) => label !== undefined && notes.length > 0);
  const ends = named.map(({ notes }) => (Math.log10(notes[notes.length - 1].rmse) - low) / (high - low));
  const places = spread(ends, LABEL_SPACING);
  return named.map(({ family, mark, label = '' }, i) => ({
    text: label,
    x: right,
    y: low + places[i] * (high - low),
    xref: 'x',
    yref: 'y',
    xanchor: 'left',
    yanchor: 'middle',
    xshift: 6,
    showarrow: false,
    font: { size: 10.5, color: runMark(family, mark, palette).color },
  }));
}

/** Places in [0, 1], in the order of the requests, at least `apart` from each other as far as there is room. */
export function spread(requests: readonly number[], apart: number): number[] {
  const count = requests.length;
  const gap = Math.min(apart, count > 1 ? 1 / (count - 1) : apart);
  const order = [...requests.keys()].sort((a, b) => requests[a] - requests[b]);
  const sorted = order.map((i) => Math.min(1, Math.max(0, requests[i])));
  for (let i = 1; i < count; i++) sorted[i] = Math.max(sorted[i], sorted[i - 1] + gap);
  if (count > 0) sorted[count - 1] = Math.min(1, sorted[count - 1]);
  for (let i = count - 2; i >= 0; i--) sorted[i] = Math.min(sorted[i], sorted[i + 1] - gap);
  const out = new Array<number>(count);
  order.forEach((i, place) => {
    out[i] = sorted[place];
  });
  return out;
}

function line({ family, mark, notes, present = false }: ConvergenceRun, palette: Palette): Data {
  const { color, symbol, dash } = runMark(family, mark, palette);
  return {
    type: 'scatter',
    mode: 'lines+markers',
    x: notes.map(({ forceEvaluations }) => forceEvaluations),
    y: notes.map(({ rmse }) => rmse),
    line: { color, width: present ? 2.6 : 1.4, dash },
    marker: { color, symbol, size: present ? 7.5 : 6 },
    hoverinfo: 'skip',
  };
}

/** Round numbers within a logarithmic range: `digits` times powers of ten. */
export function ticksOf(
  [low, high]: Range,
  digits: readonly number[],
  text: (value: number) => string,
): { tickvals: number[]; ticktext: string[] } {
  const tickvals: number[] = [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power++)
    for (const digit of digits) {
      const value = Number(`${digit}e${power}`);
      const place = Math.log10(value);
      if (place >= low && place <= high) tickvals.push(value);
    }
  return { tickvals, ticktext: tickvals.map(text) };
}

/** 10 k, 1 M */
function counted(value: number): string {
  if (value >= 1e9) return `${value / 1e9} G`;
  if (value >= 1e6) return `${value / 1e6} M`;
  return value >= 1e3 ? `${value / 1e3} k` : String(value);
}
