/** Score at small noise beside force over kT, along a line through the wells. */
import type { Data } from 'plotly.js';
import { axis, extent, type Figure, layout, type Margins } from './figure.ts';
import { type Palette, translucent } from './palette.ts';

const MARGINS: Margins = { left: 46, right: 8, top: 6, bottom: 36 };
/** Density, as a share of its largest value on the line, below which a curve does not set the range of the axis. */
const FAINT = 1e-3;
const ROOM = 0.12;

export interface ForceAlong {
  /** Distance from the beginning of the line. */
  readonly distance: Float64Array;
  /** Component along the line of force / kT. */
  readonly force: Float64Array;
  /** Density relative to its largest value on the line. */
  readonly density: Float64Array;
  /** Exact score at the noise, and the learned one; null before they are known. */
  readonly smoothed: Float64Array | null;
  readonly learned: Float64Array | null;
}

export function forceAlongFigure(
  along: ForceAlong | null,
  names: { readonly distance: string; readonly quantity: string },
  palette: Palette,
): Figure {
  const [low, high] = along ? rangeOf(along) : [-1, 1];
  return {
    data: along ? curves(along, [low, high], palette) : [],
    layout: layout(palette, MARGINS, {
      xaxis: axis(palette, {
        title: names.distance,
        range: along ? [0, along.distance[along.distance.length - 1]] : [0, 1],
        grid: false,
      }),
      yaxis: axis(palette, { title: names.quantity, range: [low, high] }),
    }),
  };
}

function curves(along: ForceAlong, [low, high]: readonly [number, number], palette: Palette): Data[] {
  const { distance: x, density, smoothed, learned, force } = along;
  const line = (y: Float64Array, color: string, width: number, dash: 'solid' | 'dot'): Data => ({
    type: 'scatter',
    mode: 'lines',
    x,
    // Far outside the picture nothing is drawn.
    y: y.map((value) => Math.min(high + (high - low), Math.max(low - (high - low), value))),
    line: { color, width, dash },
    hoverinfo: 'skip',
  });
  const shade: Data = {
    type: 'scatter',
    mode: 'lines',
    x,
    y: density.map((share) => low + share * (high - low) * 0.45),
    line: { width: 0 },
    fill: 'tozeroy',
    fillcolor: translucent(palette.edge, 0.22),
    hoverinfo: 'skip',
  };
  const floor: Data = { ...shade, y: x.map(() => low), fill: 'none' } as Data;
  return [
    floor,
    { ...shade, fill: 'tonexty' } as Data,
    line(force, palette.ink, 1.8, 'solid'),
    ...(smoothed ? [line(smoothed, palette.edge, 1.4, 'dot')] : []),
    ...(learned ? [line(learned, palette.model, 1.8, 'solid')] : []),
  ];
}

/** Of the force where there are data, and of the learned curve there as far as it is not absurd. */
function rangeOf({ force, density }: ForceAlong): readonly [number, number] {
  const [low, high] = extent(force.filter((_, i) => density[i] > FAINT));
  const room = ROOM * Math.max(high - low, 1e-6);
  return [low - 2 * room, high + 2 * room];
}
