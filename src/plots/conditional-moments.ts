/** Conditional mean and variance of the free coordinate along the slow variable: of the model against exact. */

import type { Data, Layout } from 'plotly.js';
import { text } from '../text/index.ts';
import { axis, extent, type Figure, layout, type Margins, type Range } from './figure.ts';
import { type Palette, translucent } from './palette.ts';

export const MOMENTS_MARGINS: Margins = { left: 46, right: 10, top: 8, bottom: 38 };
/** Shares of the height: mean above, variance below. */
const UPPER: Range = [0.54, 1];
const LOWER: Range = [0, 0.46];
const ROOM = 0.08;

export interface MomentPoint {
  readonly at: number;
  readonly mean: number;
  readonly meanError: number;
  readonly variance: number;
  readonly varianceError: number;
}

export interface MomentCurve {
  readonly at: Float64Array;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

export interface MomentsOptions {
  readonly cv: string;
  /** The free coordinate. */
  readonly coordinate: string;
  readonly range: Range;
  /** Stretches with few training data. */
  readonly thin: readonly Range[];
  /** The value that is asked for now. */
  readonly at: number;
}

export function momentsFigure(
  points: readonly MomentPoint[],
  exact: MomentCurve | null,
  options: MomentsOptions,
  palette: Palette,
): Figure {
  const { cv, coordinate, range } = options;
  const means = [...points.map(({ mean }) => mean), ...(exact?.mean ?? [])];
  const variances = [...points.map(({ variance }) => variance), ...(exact?.variance ?? [])];
  const [, most] = extent([0, ...variances]);
  return {
    data: [
      ...curves(exact, palette),
      markers(points, 'mean', 'y', palette),
      markers(points, 'variance', 'y2', palette),
    ],
    layout: layout(palette, MOMENTS_MARGINS, {
      shapes: shapesOf(options, palette),
      xaxis: { ...axis(palette, { title: cv, range, grid: false }), anchor: 'y2' },
      yaxis: {
        ...axis(palette, {
          title: text.plots.meanOf(coordinate),
          range: widened(extent(means), Math.sqrt(most)),
        }),
        domain: [...UPPER],
        nticks: 4,
      },
      yaxis2: {
        ...axis(palette, {
          title: text.plots.variance,
          range: [-0.5 * ROOM * (most || 1), (most || 1) * (1 + ROOM)],
        }),
        domain: [...LOWER],
        nticks: 4,
      },
    }),
  };
}

function curves(exact: MomentCurve | null, palette: Palette): Data[] {
  if (!exact) return [];
  return (['mean', 'variance'] as const).map((moment, i) => ({
    type: 'scatter',
    mode: 'lines',
    x: exact.at,
    y: exact[moment],
    yaxis: i === 0 ? 'y' : 'y2',
    line: { color: palette.ink, width: 1.6 },
    hoverinfo: 'skip',
  }));
}

function markers(
  points: readonly MomentPoint[],
  moment: 'mean' | 'variance',
  yaxis: 'y' | 'y2',
  palette: Palette,
): Data {
  return {
    type: 'scatter',
    mode: 'markers',
    x: points.map(({ at }) => at),
    y: points.map((point) => point[moment]),
    error_y: {
      type: 'data',
      array: points.map((point) => point[`${moment}Error`]),
      color: palette.model,
      thickness: 1.2,
      width: 3,
    },
    yaxis,
    marker: { color: palette.model, size: 5 },
    hoverinfo: 'skip',
  };
}

function shapesOf({ thin, at }: MomentsOptions, palette: Palette): NonNullable<Layout['shapes']> {
  const across = { yref: 'paper', y0: 0, y1: 1 } as const;
  return [
    ...thin.map(([x0, x1]) => ({
      type: 'rect' as const,
      ...across,
      x0,
      x1,
      fillcolor: translucent(palette.edge, 0.18),
      line: { width: 0 },
      layer: 'below' as const,
    })),
    {
      type: 'line' as const,
      ...across,
      x0: at,
      x1: at,
      line: { color: translucent(palette.model, 0.7), width: 1.2 },
    },
  ];
}

/** With room at both ends; at least as long as a standard deviation, that a mean that stays does not look like noise. */
function widened([low, high]: Range, least: number): Range {
  const room = Math.max(ROOM * (high - low || 1), (least - (high - low)) / 2);
  return [low - room, high + room];
}
