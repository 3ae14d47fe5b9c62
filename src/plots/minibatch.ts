/** One training step, looked at: noisy states, where they came from, and what the network answered. */
import type { Data } from 'plotly.js';
import type { Minibatch } from '../core/protocol.ts';
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
  const column = ({ values }: Minibatch['noisy'], d: number) => rows.map((row) => values[2 * row + d]);
  return {
    data: [
      arrows(rows, noisy.values, targets.values, palette.ink, 2.2),
      arrows(rows, noisy.values, predictions.values, palette.model, 1.3),
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

/** From one state to another, as one line with gaps; the tips turn with the line before them. */
function arrows(
  rows: readonly number[],
  from: Float32Array,
  to: Float32Array,
  color: string,
  width: number,
): Data {
  const coordinates = (d: number) => rows.flatMap((row) => [from[2 * row + d], to[2 * row + d], null]);
  return {
    type: 'scatter',
    mode: 'lines+markers',
    x: coordinates(0),
    y: coordinates(1),
    line: { color, width },
    marker: {
      color,
      size: rows.flatMap(() => [0, 7, 0]),
      opacity: 1,
      symbol: 'arrow',
      angleref: 'previous',
      line: { width: 0 },
    },
    hoverinfo: 'skip',
  } as Data;
}
