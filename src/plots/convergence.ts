/** Error of free energies against what they cost, of all runs that are compared. */
import type { Data } from 'plotly.js';
import { axis, emptyText, extent, type Figure, layout, type Margins, type Range } from './figure.ts';
import type { Palette } from './palette.ts';
import { type RunFamily, runMark } from './run-marks.ts';

const MARGINS: Margins = { left: 44, right: 14, top: 8, bottom: 38 };

export interface ConvergenceNote {
  readonly forceEvaluations: number;
  /** kT. */
  readonly rmse: number;
}

export interface ConvergenceRun {
  readonly family: RunFamily;
  readonly mark: number;
  readonly notes: readonly ConvergenceNote[];
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
  return {
    data: runs.map((run) => line(run, palette)),
    layout: layout(palette, MARGINS, {
      annotations: notes.length > 0 ? [] : [emptyText(empty, 0.5, palette)],
      xaxis: {
        ...axis(palette, { title: 'force evaluations', range: x, log: true }),
        ...ticksOf(x, [1], counted),
      },
      yaxis: {
        ...axis(palette, { title: 'RMSE of F / kT', range: y, log: true }),
        ...ticksOf(y, y[1] - y[0] > 2 ? [1] : [1, 2, 5], String),
      },
    }),
  };
}

function line({ family, mark, notes }: ConvergenceRun, palette: Palette): Data {
  const { color, symbol, dash } = runMark(family, mark, palette);
  return {
    type: 'scatter',
    mode: 'lines+markers',
    x: notes.map(({ forceEvaluations }) => forceEvaluations),
    y: notes.map(({ rmse }) => rmse),
    line: { color, width: 1.4, dash },
    marker: { color, symbol, size: 6 },
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
