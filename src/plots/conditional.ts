/** Histogram of conditional samples against the exact conditional density. */
import type { Data } from 'plotly.js';
import type { ConditionalLaw } from '../core/protocol.ts';
import { axis, type Figure, layout, type Margins, type Range } from './figure.ts';
import { type Palette, translucent } from './palette.ts';

const MARGINS: Margins = { left: 34, right: 6, top: 6, bottom: 36 };
const BINS = 50;

export interface ConditionalOptions {
  readonly cv: string;
  readonly range: Range;
}

export function conditionalFigure(
  law: ConditionalLaw,
  samples: ArrayLike<number> | null,
  { cv, range }: ConditionalOptions,
  palette: Palette,
): Figure {
  const bars = samples && samples.length > 0 ? histogram(samples, range) : null;
  const peak = law.density.reduce((a, b) => Math.max(a, b), 0);
  const tallest = bars ? bars.density.reduce((a, b) => Math.max(a, b), 0) : 0;
  const data: Data[] = [];
  if (bars)
    data.push({
      type: 'bar',
      x: bars.x,
      y: bars.density,
      marker: { color: translucent(palette.model, 0.55), line: { width: 0 } },
      hoverinfo: 'skip',
    });
  data.push({
    type: 'scatter',
    mode: 'lines',
    x: law.x,
    y: law.density,
    line: { color: palette.ink, width: 1.8 },
    hoverinfo: 'skip',
  });
  return {
    data,
    layout: layout(palette, MARGINS, {
      bargap: 0.08,
      xaxis: axis(palette, { title: law.coordinate, range, grid: false }),
      yaxis: axis(palette, {
        title: `p(${law.coordinate} | ${cv})`,
        range: [0, 1.08 * Math.max(peak, Math.min(tallest, 2 * peak))],
      }),
    }),
  };
}

function histogram(samples: ArrayLike<number>, [low, high]: Range): { x: number[]; density: number[] } {
  const width = (high - low) / BINS;
  const density = new Array<number>(BINS).fill(0);
  for (let i = 0; i < samples.length; i++) {
    const bin = Math.floor((samples[i] - low) / width);
    if (bin >= 0 && bin < BINS) density[bin] += 1 / (samples.length * width);
  }
  return { x: density.map((_, i) => low + (i + 0.5) * width), density };
}
