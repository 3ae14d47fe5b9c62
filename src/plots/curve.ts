/** The energy of a system of one coordinate, in kT above its minimum: walkers ride on it. */
import type { Grid } from '../core/numerics/results.ts';
import { text } from '../text/index.ts';
import { axis, extent, type Figure, layout, type Range } from './figure.ts';
import { ceilingOf, LANDSCAPE_MARGINS, type LandscapeOptions } from './landscape.ts';
import { type Palette, translucent } from './palette.ts';

/** Room below the curve for the walkers at its bottom, as a share of the height. */
const BELOW = 0.05;
const CLIPPED = 3;

/** Range of the energy axis. */
export function curveRange(options: Pick<LandscapeOptions, 'kT' | 'pass'>): Range {
  const ceiling = ceilingOf(options);
  return [-BELOW * ceiling, ceiling];
}

export function curveFigure({ xs, values }: Grid, options: LandscapeOptions, palette: Palette): Figure {
  const [lowest] = extent(values);
  const range = curveRange(options);
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines',
        x: xs,
        y: values.map((energy) => Math.min((energy - lowest) / options.kT, CLIPPED * range[1])),
        line: { color: palette.ink, width: 1.8 },
        fill: 'tozeroy',
        fillcolor: translucent(palette.edge, 0.12),
        hoverinfo: 'skip',
      },
    ],
    layout: layout(palette, LANDSCAPE_MARGINS, {
      xaxis: axis(palette, { title: options.names[0], range: [xs[0], xs[xs.length - 1]], grid: false }),
      yaxis: axis(palette, { title: text.plots.energyAboveMinimum, range }),
    }),
  };
}

/** Two coordinates without a landscape. */
export function planeFigure(domain: readonly Range[], names: readonly string[], palette: Palette): Figure {
  const [x, y] = [0, 1].map((d) => axis(palette, { title: names[d], range: domain[d] }));
  return {
    // Plotly draws no axes without a trace.
    data: [{ type: 'scatter', x: [], y: [], hoverinfo: 'skip' }],
    layout: layout(palette, LANDSCAPE_MARGINS, { xaxis: x, yaxis: y }),
  };
}
