/** One walker of a chain: the value at every site. */
import { text } from '../text/index.ts';
import { axis, type Figure, layout, type Margins, type Range } from './figure.ts';
import type { Palette } from './palette.ts';

const MARGINS: Margins = { left: 40, right: 8, top: 6, bottom: 34 };

export function profileFigure(values: ArrayLike<number>, range: Range, palette: Palette): Figure {
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines+markers',
        x: Array.from(values, (_, site) => site + 1),
        y: Array.from(values),
        line: { color: palette.simulation, width: 1.4 },
        marker: { color: palette.simulation, size: 6 },
        hoverinfo: 'skip',
      },
    ],
    layout: layout(palette, MARGINS, {
      xaxis: axis(palette, { title: text.plots.site, range: [0.5, values.length + 0.5], grid: false }),
      yaxis: { ...axis(palette, { title: text.plots.value, range }), nticks: 5 },
    }),
  };
}
