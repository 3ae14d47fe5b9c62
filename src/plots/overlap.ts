/** Overlap of the windows as a heat map: row i shows which windows would claim the samples of window i. */
import type { Overlap } from '../core/estimators/finding.ts';
import { text } from '../text/index.ts';
import { axis, type Figure, layout, type Margins } from './figure.ts';
import { type Palette, viridisScale } from './palette.ts';

export const OVERLAP_MARGINS: Margins = { left: 44, right: 8, top: 6, bottom: 38 };

/** So many numbers along an axis at most. */
const MOST_TICKS = 8;

/** Largest share: the end of the colours. */
export function largestShare({ matrix }: Overlap): number {
  return matrix.reduce((a, b) => Math.max(a, b), 0);
}

/** @param noun what a row stands for: window, state */
export function overlapFigure(overlap: Overlap, noun: string, palette: Palette): Figure {
  const { matrix, windows } = overlap;
  const every = Math.ceil(windows / MOST_TICKS);
  const tickvals = Array.from({ length: Math.ceil(windows / every) }, (_, i) => i * every);
  const ticks = { tickvals, ticktext: tickvals.map((i) => String(i + 1)) };
  const options = { range: [-0.5, windows - 0.5], grid: false } as const;
  return {
    data: [
      {
        type: 'heatmap',
        z: Array.from({ length: windows }, (_, i) =>
          Array.from(matrix.subarray(i * windows, (i + 1) * windows)),
        ),
        zmin: 0,
        zmax: largestShare(overlap) || 1,
        colorscale: viridisScale(),
        xgap: 1,
        ygap: 1,
        showscale: false,
        hoverinfo: 'skip',
      },
    ],
    layout: layout(palette, OVERLAP_MARGINS, {
      xaxis: { ...axis(palette, { ...options, title: text.plots.overlapColumn(noun) }), ...ticks },
      yaxis: {
        ...axis(palette, { ...options, title: text.plots.overlapRow(noun) }),
        ...ticks,
        range: [windows - 0.5, -0.5],
      },
    }),
  };
}

/** Row and column of the heat map at a place of its plot area, both from 0 to 1, from the upper left corner. */
export function cellAt(x: number, y: number, windows: number): readonly [number, number] | null {
  if (x < 0 || x > 1 || y < 0 || y > 1) return null;
  const inside = (share: number) => Math.min(windows - 1, Math.floor(share * windows));
  return [inside(y), inside(x)];
}
