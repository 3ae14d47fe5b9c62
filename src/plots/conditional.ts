/** Distributions of the free coordinate at one value of the slow variable: exact, of the model, of a simulation, of the data nearby. */
import type { Data } from 'plotly.js';

import type { ConditionalDistribution } from '../core/numerics/results.ts';
import { axis, type Figure, layout, type Margins, type Range } from './figure.ts';
import { type Palette, translucent } from './palette.ts';

const MARGINS: Margins = { left: 34, right: 6, top: 6, bottom: 36 };
const BINS = 50;
/** Few samples are put in fewer bins. */
const FEW = 1000;
const BINS_OF_FEW = 25;
/** Height of the axis over the exact peak, and what taller histograms may add. */
const ROOM = 1.08;
const TALLEST = 2;

/** Samples of the free coordinate; null as long as there are none. */
export interface ConditionalSamples {
  readonly model: ArrayLike<number> | null;
  readonly restrained: ArrayLike<number> | null;
  readonly nearby: ArrayLike<number> | null;
}

export interface ConditionalOptions {
  readonly cv: string;
  readonly range: Range;
}

export function conditionalFigure(
  distribution: ConditionalDistribution,
  { model, restrained, nearby }: ConditionalSamples,
  { cv, range }: ConditionalOptions,
  palette: Palette,
): Figure {
  const peak = distribution.density.reduce((a, b) => Math.max(a, b), 0);
  const bars = histogram(model, range);
  const outlines = [
    { histogram: histogram(nearby, range), color: palette.simulation },
    { histogram: histogram(restrained, range), color: palette.biased },
  ];
  const tallest = Math.max(
    0,
    ...(bars?.density ?? []),
    ...outlines.flatMap((o) => o.histogram?.density ?? []),
  );
  const data: Data[] = [];
  if (bars)
    data.push({
      type: 'bar',
      x: bars.x,
      y: bars.density,
      marker: { color: translucent(palette.model, 0.5), line: { width: 0 } },
      hoverinfo: 'skip',
    });
  for (const { histogram: found, color } of outlines)
    if (found)
      data.push({
        type: 'scatter',
        mode: 'lines',
        x: found.x,
        y: found.density,
        line: { color, width: 1.4, shape: 'hvh' },
        hoverinfo: 'skip',
      });
  data.push({
    type: 'scatter',
    mode: 'lines',
    x: distribution.x,
    y: distribution.density,
    line: { color: palette.ink, width: 1.8 },
    hoverinfo: 'skip',
  });
  return {
    data,
    layout: layout(palette, MARGINS, {
      bargap: 0.08,
      xaxis: axis(palette, { title: distribution.coordinate, range, grid: false }),
      yaxis: axis(palette, {
        title: `p(${distribution.coordinate} | ${cv})`,
        range: [0, ROOM * Math.max(peak, Math.min(tallest, TALLEST * peak))],
      }),
    }),
  };
}

function histogram(
  samples: ArrayLike<number> | null,
  [low, high]: Range,
): { x: number[]; density: number[] } | null {
  if (!samples || samples.length === 0) return null;
  const bins = samples.length < FEW ? BINS_OF_FEW : BINS;
  const width = (high - low) / bins;
  const density = new Array<number>(bins).fill(0);
  for (let i = 0; i < samples.length; i++) {
    const bin = Math.floor((samples[i] - low) / width);
    if (bin >= 0 && bin < bins) density[bin] += 1 / (samples.length * width);
  }
  return { x: density.map((_, i) => low + (i + 0.5) * width), density };
}
