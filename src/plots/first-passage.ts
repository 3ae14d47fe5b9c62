/** Arrivals against time, beside what exponential distributions with the exact mean and with that of Kramers let expect. */

import type { Data } from 'plotly.js';
import { text } from '../text/index.ts';
import { axis, type Figure, layout, type Margins } from './figure.ts';
import { type Palette, translucent } from './palette.ts';

const MARGINS: Margins = { left: 34, right: 6, top: 6, bottom: 34 };
const BINS = 24;
const CURVE_POINTS = 121;
/** Lifetimes that are shown at most. */
const LIFETIMES = 4;

export interface PassagePlot {
  readonly arrivals: Float64Array;
  readonly walkers: number;
  /** Time that each walker will have lived at the end of the run. */
  readonly horizon: number;
  readonly measured: number | null;
  readonly exact: number | null;
  readonly kramers: number | null;
}

export function passageFigure(passages: PassagePlot, palette: Palette): Figure {
  const end = shownTime(passages);
  const width = end / BINS;
  const counts = new Float64Array(BINS);
  for (const time of passages.arrivals) if (time < end) counts[Math.floor(time / width)]++;
  const curves = [
    { mean: passages.kramers, line: { color: palette.edge, width: 1.4, dash: 'dash' as const } },
    { mean: passages.exact, line: { color: palette.ink, width: 1.8 } },
  ];
  const expected = (mean: number, time: number) =>
    ((passages.walkers * width) / mean) * Math.exp(-time / mean);
  const tallest = curves.map(({ mean }) => (mean === null ? 0 : expected(mean, 0)));
  const top = 1.1 * Math.max(1, ...counts, ...tallest);
  const bars: Data = {
    type: 'bar',
    x: Array.from(counts, (_, i) => (i + 0.5) * width),
    y: Array.from(counts),
    marker: { color: translucent(palette.simulation, 0.55), line: { width: 0 } },
    hoverinfo: 'skip',
  };
  const lines = curves.flatMap(({ mean, line }): Data[] => {
    if (mean === null) return [];
    const x = Array.from({ length: CURVE_POINTS }, (_, i) => (i * end) / (CURVE_POINTS - 1));
    const y = x.map((time) => expected(mean, time));
    return [{ type: 'scatter', mode: 'lines', x, y, line, hoverinfo: 'skip' }];
  });
  return {
    data: [bars, ...lines],
    layout: layout(palette, MARGINS, {
      bargap: 0.08,
      xaxis: axis(palette, { title: text.plots.firstPassageTime, range: [0, end], grid: false }),
      yaxis: { ...axis(palette, { title: text.plots.arrivals, range: [0, top] }), nticks: 5 },
    }),
  };
}

/** Until the end of the run, or a few lifetimes when those are shorter. */
function shownTime({ horizon, measured, exact }: PassagePlot): number {
  const lifetime = Math.max(measured ?? 0, exact ?? 0);
  return lifetime > 0 ? Math.min(horizon, LIFETIMES * lifetime) : horizon;
}
