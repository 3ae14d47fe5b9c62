/** States in the plane, coloured by a number at each: a learned coordinate. */
import type { Points } from '../core/numerics/results.ts';
import { text } from '../text/index.ts';
import { axis, extent, type Figure, layout, type Range } from './figure.ts';
import { LANDSCAPE_MARGINS } from './landscape.ts';
import { type Palette, viridisScale } from './palette.ts';

export interface MapOptions {
  readonly names: readonly string[];
}

const ROOM = 0.05;
/** Shares of the values between which the colours run, so that a few far ones do not take them all. */
const COLOURED = [0.01, 0.99] as const;

export function coordinateMapFigure(
  { dimension, values }: Points,
  coordinate: Float64Array,
  { names }: MapOptions,
  palette: Palette,
): Figure {
  const along = (d: number) => Array.from(coordinate, (_, k) => values[k * dimension + d]);
  const sorted = coordinate.toSorted();
  const [cmin, cmax] = COLOURED.map((share) => sorted[Math.floor(share * (sorted.length - 1))]);
  const first = along(0);
  const second = dimension > 1 ? along(1) : Array.from(coordinate);
  return {
    data: [
      {
        type: 'scatter',
        mode: 'markers',
        x: first,
        y: second,
        marker: { color: Array.from(coordinate), colorscale: viridisScale(), cmin, cmax, size: 3.4 },
        hoverinfo: 'skip',
      },
    ],
    layout: layout(palette, LANDSCAPE_MARGINS, {
      xaxis: axis(palette, { title: names[0], range: widened(first), grid: false }),
      yaxis: axis(palette, {
        title: names[1] ?? text.plots.learnedCoordinate,
        range: widened(second),
        grid: false,
      }),
    }),
  };
}

function widened(values: readonly number[]): Range {
  const [low, high] = extent(values);
  const room = ROOM * (high - low);
  return [low - room, high + room];
}
