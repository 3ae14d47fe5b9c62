/** Axes and noised density under the particles of station Learn. */
import type { Grid } from '../core/numerics/results.ts';
import { axis, type Figure, layout, type Margins, type Range } from './figure.ts';
import { densityScale, type Palette } from './palette.ts';

export const NOISING_MARGINS: Margins = { left: 46, right: 10, top: 8, bottom: 38 };

/** @param density of noised states, or null before it is known  @param window ranges of the two axes */
export function noisingFigure(
  density: Grid | null,
  { names, window }: { readonly names: readonly string[]; readonly window: readonly Range[] },
  palette: Palette,
): Figure {
  return {
    data: [density ? shading(density, palette) : { type: 'scatter', x: [], y: [], hoverinfo: 'skip' }],
    layout: layout(palette, NOISING_MARGINS, {
      xaxis: axis(palette, { title: names[0], range: window[0], grid: false }),
      yaxis: axis(palette, { title: names[1], range: window[1], grid: false }),
    }),
  };
}

function shading({ xs, ys, values }: Grid, palette: Palette): Figure['data'][number] {
  return {
    type: 'heatmap',
    x: xs,
    y: ys,
    z: Array.from(ys, (_, j) => Array.from(values.subarray(j * xs.length, (j + 1) * xs.length))),
    zsmooth: 'fast',
    colorscale: densityScale(palette, palette.edge),
    showscale: false,
    hoverinfo: 'skip',
    opacity: 0.6,
  };
}
