/** The energy landscape, in kT above its minimum. */
import type { Grid } from '../core/numerics/results.ts';
import { axis, extent, type Figure, layout, type Margins } from './figure.ts';
import { landscapeScale, type Palette, translucent } from './palette.ts';

export const LANDSCAPE_MARGINS: Margins = { left: 40, right: 8, top: 8, bottom: 38 };

const LEVELS = 24;
const SMALLEST_CEILING = 12;
/** Energies are clipped this far above what is shown: clipped just there, steep walls would have steps. */
const CLIPPED = 3;

export interface LandscapeOptions {
  readonly kT: number;
  /** Energy of the highest pass above the deepest minimum: the picture reaches to twice that. */
  readonly pass: number;
  readonly names: readonly string[];
  /** Smaller levels of colour when other data are laid over it. */
  readonly quiet?: boolean;
}

/** Highest energy shown, in kT. */
export function ceilingOf({ kT, pass }: Pick<LandscapeOptions, 'kT' | 'pass'>): number {
  return Math.max(SMALLEST_CEILING, Math.round((2 * pass) / kT));
}

export function landscapeFigure(grid: Grid, options: LandscapeOptions, palette: Palette): Figure {
  const { xs, ys } = grid;
  const [lowest] = extent(grid.values);
  const ceiling = ceilingOf(options);
  const z = Array.from(ys, (_, j) =>
    Array.from(xs, (_, i) =>
      Math.min((grid.values[j * xs.length + i] - lowest) / options.kT, CLIPPED * ceiling),
    ),
  );
  return {
    data: [
      {
        type: 'contour',
        x: xs,
        y: ys,
        z,
        zmin: 0,
        zmax: ceiling,
        autocontour: false,
        contours: { start: 0, end: ceiling, size: ceiling / LEVELS, coloring: 'fill' },
        colorscale: landscapeScale(palette),
        line: { width: 0.6, color: translucent(palette.ink, 0.13), smoothing: 0 },
        opacity: options.quiet ? 0.72 : 1,
        showscale: false,
        hoverinfo: 'skip',
      },
    ],
    layout: layout(palette, LANDSCAPE_MARGINS, {
      xaxis: axis(palette, { title: options.names[0], range: [xs[0], xs[xs.length - 1]], grid: false }),
      yaxis: axis(palette, { title: options.names[1], range: [ys[0], ys[ys.length - 1]], grid: false }),
    }),
  };
}
