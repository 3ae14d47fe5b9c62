/** Conditional distributions as several runs have sampled them, beside the exact one. */
import type { Data } from 'plotly.js';

import type { ConditionalDistribution } from '../core/numerics/results.ts';
import { axis, type Figure, layout, type Margins, type Range } from './figure.ts';
import { type Palette, translucent } from './palette.ts';
import { type RunFamily, runMark } from './run-marks.ts';

const MARGINS: Margins = { left: 34, right: 6, top: 6, bottom: 36 };

export interface SampledDistribution {
  readonly family: RunFamily;
  readonly mark: number;
  /** Visits of each cell of `range`. */
  readonly counts: Float64Array;
  readonly range: Range;
  /** Drawn as an area; the others as steps. */
  readonly present: boolean;
}

export function conditionalVisitsFigure(
  distribution: ConditionalDistribution,
  distributions: readonly SampledDistribution[],
  { cv, range }: { readonly cv: string; readonly range: Range },
  palette: Palette,
): Figure {
  const sampled = distributions.map((one) => ({ ...one, ...densityOf(one) }));
  const peak = distribution.density.reduce((a, b) => Math.max(a, b), 0);
  const tallest = sampled.reduce((most, { y }) => Math.max(most, ...y), 0);
  const data: Data[] = sampled
    .sort((a, b) => Number(b.present) - Number(a.present))
    .map(({ family, mark, x, y, present }) => {
      const { color, dash } = runMark(family, mark, palette);
      return {
        type: 'scatter',
        mode: 'lines',
        x,
        y,
        line: { color, width: present ? 1.2 : 1.3, dash: present ? 'solid' : dash, shape: 'hvh' },
        ...(present ? { fill: 'tozeroy', fillcolor: translucent(color, 0.3) } : {}),
        hoverinfo: 'skip',
      } as Data;
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
      xaxis: axis(palette, { title: distribution.coordinate, range, grid: false }),
      yaxis: axis(palette, {
        title: `p(${distribution.coordinate} | ${cv})`,
        range: [0, 1.08 * Math.max(peak, Math.min(tallest, 2 * peak))],
      }),
    }),
  };
}

function densityOf({ counts, range: [low, high] }: SampledDistribution): { x: number[]; y: number[] } {
  const width = (high - low) / counts.length;
  const total = counts.reduce((a, b) => a + b, 0);
  return {
    x: Array.from(counts, (_, i) => low + (i + 0.5) * width),
    y: Array.from(counts, (count) => (total > 0 ? count / (total * width) : 0)),
  };
}
