/** A learned coordinate over the plane: its levels, and the states that it was learned from. */
import { type Grid, linspace } from '../core/numerics/results.ts';
import type { Domain } from '../core/systems/contract.ts';
import { type LearnedCoordinate, learnedValue } from '../core/systems/learned-cv.ts';
import { axis, extent, type Figure, layout } from './figure.ts';
import { LANDSCAPE_MARGINS } from './landscape.ts';
import { type Palette, viridisScale } from './palette.ts';

const POINTS = 81;
const LEVEL_STEP = 0.1;
/** More dots than this say no more. */
const MOST_STATES = 1000;

interface Plane {
  readonly coordinates: readonly string[];
  readonly domain: Domain;
}

export function learnedCoordinateFigure(
  coordinate: LearnedCoordinate,
  { coordinates: names, domain }: Plane,
  palette: Palette,
): Figure {
  const { xs, ys, values } = onGrid(coordinate, domain);
  const { states } = coordinate;
  const count = states.values.length / 2;
  const every = Math.ceil(count / MOST_STATES);
  const shown = Array.from({ length: Math.floor(count / every) }, (_, k) => 2 * k * every);
  return {
    data: [
      {
        type: 'scatter',
        mode: 'markers',
        x: shown.map((i) => states.values[i]),
        y: shown.map((i) => states.values[i + 1]),
        marker: { color: palette.simulation, size: 2.4, opacity: 0.45 },
        hoverinfo: 'skip',
      },
      {
        type: 'contour',
        x: xs,
        y: ys,
        z: Array.from(ys, (_, j) => [...values.subarray(j * xs.length, (j + 1) * xs.length)]),
        autocontour: false,
        contours: { start: 0, end: 1, size: LEVEL_STEP, coloring: 'lines' },
        colorscale: viridisScale(),
        line: { width: 1.6, smoothing: 0 },
        showscale: false,
        hoverinfo: 'skip',
      },
    ],
    layout: layout(palette, LANDSCAPE_MARGINS, {
      xaxis: axis(palette, { title: names[0], range: [xs[0], xs[POINTS - 1]], grid: false }),
      yaxis: axis(palette, { title: names[1], range: [ys[0], ys[POINTS - 1]], grid: false }),
    }),
  };
}

/** Over the domain and all states; the table goes further. */
function onGrid(coordinate: LearnedCoordinate, domain: Domain): Grid {
  const { values: rows } = coordinate.states;
  const [xs, ys] = domain.map(([low, high], d) => {
    const [least, most] = extent(rows.filter((_, i) => i % 2 === d));
    return linspace(Math.min(low, least), Math.max(high, most), POINTS);
  });
  const values = new Float64Array(POINTS * POINTS);
  for (let j = 0; j < POINTS; j++)
    for (let i = 0; i < POINTS; i++) values[j * POINTS + i] = learnedValue(coordinate, xs[i], ys[j]);
  return { xs, ys, values };
}
