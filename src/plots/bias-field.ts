/** A bias over two collective variables, in kT. */
import type { Grid } from '../core/numerics/results.ts';
import { axis, extent, type Figure, layout, type Margins } from './figure.ts';
import { densityScale, type Palette } from './palette.ts';

const MARGINS: Margins = { left: 44, right: 8, top: 6, bottom: 38 };

export function biasFieldFigure(
  { xs, ys, values }: Grid,
  names: readonly [string, string],
  palette: Palette,
): Figure {
  return {
    data: [
      {
        type: 'heatmap',
        x: xs,
        y: ys,
        z: Array.from(ys, (_, j) => Array.from(values.subarray(j * xs.length, (j + 1) * xs.length))),
        zmin: 0,
        zmax: Math.max(1, extent(values)[1]),
        colorscale: densityScale(palette, palette.biased),
        showscale: false,
        hoverinfo: 'skip',
      },
    ],
    layout: layout(palette, MARGINS, {
      xaxis: axis(palette, { title: names[0], range: [xs[0], xs[xs.length - 1]], grid: false }),
      yaxis: axis(palette, { title: names[1], range: [ys[0], ys[ys.length - 1]], grid: false }),
    }),
  };
}
