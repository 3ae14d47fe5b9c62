/** One training step, looked at: noisy states, where they came from, and what the network answered. */
import type { Minibatch } from '../core/protocol/learn.ts';
import { arrowsTrace } from './arrows.ts';
import { axis, type Figure, layout, type Margins, type Range } from './figure.ts';
import type { Palette } from './palette.ts';

const MARGINS: Margins = { left: 40, right: 6, top: 6, bottom: 36 };
/** The picture reaches so far beyond the domain, as a share of it, on either side. */
const BEYOND = 0.25;
/** More examples cannot be told apart. */
const MOST = 48;

/** Rows that lie in the picture, the first ones of the batch. */
export function shownRows({ noisy }: Minibatch, window: readonly Range[]): number[] {
  const { dimension, values } = noisy;
  const rows: number[] = [];
  for (let row = 0; row < values.length / dimension && rows.length < MOST; row++)
    if (
      window.every(
        ([low, high], d) => values[row * dimension + d] > low && values[row * dimension + d] < high,
      )
    )
      rows.push(row);
  return rows;
}

export function windowAround(domain: readonly Range[]): Range[] {
  return domain.map(([low, high]) => [low - BEYOND * (high - low), high + BEYOND * (high - low)]);
}

export function minibatchFigure(
  minibatch: Minibatch,
  { names, window }: { readonly names: readonly string[]; readonly window: readonly Range[] },
  palette: Palette,
): Figure {
  const rows = shownRows(minibatch, window);
  const { noisy, targets, predictions } = minibatch;
  const place = ({ values }: Minibatch['noisy'], row: number) =>
    [values[2 * row], values[2 * row + 1]] as const;
  const between = (ends: Minibatch['noisy']) =>
    rows.map((row) => ({ from: place(noisy, row), to: place(ends, row) }));
  const column = ({ values }: Minibatch['noisy'], d: number) => rows.map((row) => values[2 * row + d]);
  return {
    data: [
      arrowsTrace(between(targets), window, { color: palette.ink, width: 2.4, head: 0.024 }),
      arrowsTrace(between(predictions), window, { color: palette.model, width: 1.3, head: 0.02 }),
      {
        type: 'scatter',
        mode: 'markers',
        x: column(noisy, 0),
        y: column(noisy, 1),
        marker: { color: palette.simulation, size: 5, line: { color: palette.paper, width: 0.8 } },
        hoverinfo: 'skip',
      },
    ],
    layout: layout(palette, MARGINS, {
      xaxis: axis(palette, { title: names[0], range: window[0], grid: false }),
      yaxis: axis(palette, { title: names[1], range: window[1], grid: false }),
    }),
  };
}
