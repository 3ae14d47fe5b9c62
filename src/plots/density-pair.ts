/** Generated density beside the exact one, on the same scale. */
import type { Data } from 'plotly.js';
import type { Grid, Points } from '../core/numerics/results.ts';
import { text } from '../text/index.ts';
import { axis, emptyText, type Figure, layout, type Margins, panelTitle } from './figure.ts';
import { densityScale, type Palette, translucent } from './palette.ts';

const MARGINS: Margins = { left: 40, right: 8, top: 22, bottom: 38 };
const GAP = 0.03;
/** More dots take long to draw and cover each other. */
const MOST_DOTS = 900;
const NO_POINTS: Points = { dimension: 2, values: new Float32Array() };

export interface DensityPair {
  /** Probability of each cell. */
  readonly exact: Grid;
  /** The same of the generated states, or null before there are any. */
  readonly generated: Grid | null;
  /** What made them. */
  readonly by?: 'network' | 'exact';
  /** Training states, shown as long as nothing is generated. */
  readonly data: Points | null;
  readonly names: readonly string[];
}

export function densityPairFigure(pair: DensityPair, palette: Palette): Figure {
  const { exact, generated, data, names } = pair;
  const top = exact.values.reduce((a, b) => Math.max(a, b), 0);
  const width = (1 - GAP) / 2;
  const left: Data[] = generated ? [heatmap(generated, top, palette.model, 'x', palette)] : [];
  // An axis with nothing along it is not drawn: there is a cloud even if it is empty.
  if (!generated) left.push(cloud(data ?? NO_POINTS, palette));
  const x = axis(palette, { title: names[0], range: edges(exact.xs), grid: false });
  const caption = generated
    ? pair.by === 'exact'
      ? text.plots.generatedByExactDenoiser
      : text.plots.generated
    : data
      ? text.plots.trainingData
      : text.plots.noneGenerated;
  return {
    data: [...left, heatmap(exact, top, palette.ink, 'x2', palette)],
    layout: layout(palette, MARGINS, {
      xaxis: { ...x, domain: [0, width] },
      xaxis2: { ...x, domain: [width + GAP, 1], anchor: 'y' },
      yaxis: axis(palette, { title: names[1], range: edges(exact.ys), grid: false }),
      annotations: [
        panelTitle(caption, 0, generated ? palette.model : palette.soft),
        panelTitle(text.plots.exact, width + GAP, palette.ink),
        ...(generated || data ? [] : [emptyText(text.plots.trainFirst, width / 2, palette)]),
      ],
      shapes: [0, width + GAP].map((x0) => ({
        type: 'rect',
        xref: 'paper',
        yref: 'paper',
        x0,
        x1: x0 + width,
        y0: 0,
        y1: 1,
        line: { color: palette.line, width: 1 },
      })),
    }),
  };
}

function heatmap(grid: Grid, top: number, color: string, xaxis: string, palette: Palette): Data {
  const { xs, ys, values } = grid;
  return {
    type: 'heatmap',
    x: xs,
    y: ys,
    z: Array.from(ys, (_, j) => Array.from(values.subarray(j * xs.length, (j + 1) * xs.length))),
    xaxis,
    yaxis: 'y',
    zmin: 0,
    zmax: top,
    colorscale: densityScale(palette, color),
    showscale: false,
    hoverinfo: 'skip',
  };
}

function cloud(points: Points, palette: Palette): Data {
  const { dimension, values } = points;
  const rows = values.length / dimension;
  const count = Math.min(MOST_DOTS, rows);
  const column = (d: number) =>
    Float64Array.from({ length: count }, (_, n) => values[Math.floor((n * rows) / count) * dimension + d]);
  return {
    type: 'scatter',
    mode: 'markers',
    x: column(0),
    y: column(1),
    marker: { color: translucent(palette.simulation, 0.35), size: 3 },
    hoverinfo: 'skip',
  };
}

/** Outer edges of equal cells, from their centres. */
function edges(centers: Float64Array): readonly [number, number] {
  const half = (centers[1] - centers[0]) / 2;
  return [centers[0] - half, centers[centers.length - 1] + half];
}
