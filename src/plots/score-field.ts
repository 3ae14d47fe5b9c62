/** Arrows of the score field, exact and learned, over the noised density. */
import type { Data } from 'plotly.js';
import type { Grid, VectorField } from '../core/numerics/results.ts';
import { type ArrowStyle, arrowsTrace } from './arrows.ts';
import { axis, emptyText, type Figure, layout, type Margins, type Range } from './figure.ts';
import { densityScale, type Palette } from './palette.ts';

const MARGINS: Margins = { left: 34, right: 6, top: 6, bottom: 36 };
/** Where the noised density is below this share of its maximum no arrow is drawn: no data reach there. */
const FAINTEST = 2e-3;

/** What arrows are drawn: always at the scale of the exact ones. */
export type ShownField = 'both' | 'learned' | 'exact' | 'difference';

export interface ScoreFieldOptions {
  readonly names: readonly string[];
  readonly domain: readonly Range[];
  readonly shown: ShownField;
  /** What is written while there is no field. */
  readonly empty: string;
}

type ExactField = VectorField & { readonly density: Grid };

export function scoreFieldFigure(
  exact: ExactField | null,
  learned: VectorField | null,
  { names, domain, shown, empty }: ScoreFieldOptions,
  palette: Palette,
): Figure {
  const data: Data[] = [];
  if (exact) {
    const drawn = { scale: arrowScale(exact, domain), domain };
    const both = shown === 'both';
    data.push(background(exact.density, palette));
    if (both || shown === 'exact')
      data.push(
        arrows(exact, exact, drawn, {
          color: palette.ink,
          width: both ? 3 : 1.6,
          head: both ? 0.026 : 0.022,
        }),
      );
    if (learned && (both || shown === 'learned'))
      data.push(arrows(learned, exact, drawn, { color: palette.model, width: 1.4, head: 0.022 }));
    if (learned && shown === 'difference')
      data.push(
        arrows(differenceOf(learned, exact), exact, drawn, {
          color: palette.danger,
          width: 1.4,
          head: 0.022,
        }),
      );
  }
  return {
    // Plotly draws no axes without a trace.
    data: exact ? data : [{ type: 'scatter', x: [], y: [], hoverinfo: 'skip' }],
    layout: layout(palette, MARGINS, {
      annotations: exact ? [] : [emptyText(empty, 0.5, palette)],
      xaxis: axis(palette, { title: names[0], range: domain[0], grid: false }),
      yaxis: axis(palette, { title: names[1], range: domain[1], grid: false }),
    }),
  };
}

function differenceOf({ points, vectors }: VectorField, exact: VectorField): VectorField {
  const values = vectors.values.map((value, i) => value - exact.vectors.values[i]);
  return { points, vectors: { ...vectors, values } };
}

/** Factor that makes the long arrows about as long as the distance between two of them. */
function arrowScale(field: ExactField, domain: readonly Range[]): number {
  const { values } = field.vectors;
  const cell = (domain[0][1] - domain[0][0]) / field.density.xs.length;
  const lengths = visibleIndices(field)
    .map((i) => Math.hypot(values[2 * i], values[2 * i + 1]))
    .sort((a, b) => a - b);
  const long = lengths[Math.floor(0.9 * lengths.length)] ?? 1;
  return (1.25 * cell) / Math.max(long, 1e-9);
}

function arrows(
  { points, vectors }: VectorField,
  mask: ExactField,
  { scale, domain }: { readonly scale: number; readonly domain: readonly Range[] },
  style: ArrowStyle,
): Data {
  const drawn = visibleIndices(mask).map((i) => {
    const [x, y] = [points.values[2 * i], points.values[2 * i + 1]];
    const to = [x + scale * vectors.values[2 * i], y + scale * vectors.values[2 * i + 1]] as const;
    return { from: [x, y] as const, to };
  });
  return arrowsTrace(drawn, domain, style);
}

function visibleIndices(field: ExactField): number[] {
  const { values } = field.density;
  const top = values.reduce((a, b) => Math.max(a, b), 0);
  return Array.from(values.keys()).filter((i) => values[i] > FAINTEST * top);
}

function background(grid: Grid, palette: Palette): Data {
  const { xs, ys, values } = grid;
  return {
    type: 'heatmap',
    x: xs,
    y: ys,
    z: Array.from(ys, (_, j) => Array.from(values.subarray(j * xs.length, (j + 1) * xs.length))),
    zsmooth: 'fast',
    colorscale: densityScale(palette, palette.edge),
    showscale: false,
    hoverinfo: 'skip',
    opacity: 0.55,
  };
}
