/** The energy landscape in relief, with walkers on it. */
import type { Data, Layout } from 'plotly.js';
import { inSymbols } from '../core/expression/symbols.ts';
import type { Grid } from '../core/numerics/results.ts';
import { text } from '../text/index.ts';
import { extent, type Figure, layout } from './figure.ts';
import { ceilingOf, type LandscapeOptions } from './landscape.ts';
import { landscapeScale, type Palette } from './palette.ts';

/** Walkers float so far above the surface, as a share of its height: half of a dot would drown. */
const AFLOAT = 0.012;
const LOWEST_TOP = 6;
const ABOVE_PASS = 1.4;
const CAMERA = { eye: { x: -0.75, y: -1.35, z: 1.3 }, center: { x: 0, y: 0, z: -0.18 } };

/** Places and heights (kT above the minimum) of walkers. */
export interface Afloat {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly z: readonly number[];
}

/** The relief itself: the same object for the same landscape, so that it is not drawn anew for every move of the walkers. */
export function reliefOf({ xs, ys, values }: Grid, options: LandscapeOptions, palette: Palette): Data {
  const [lowest] = extent(values);
  const [ceiling, top] = [ceilingOf(options), topOf(options)];
  const relief = {
    type: 'surface',
    x: xs,
    y: ys,
    z: Array.from(ys, (_, j) =>
      Array.from(xs, (_, i) => {
        const height = (values[j * xs.length + i] - lowest) / options.kT;
        // What is too high is cut away: a plateau would hide the valleys.
        return height > top ? null : height;
      }),
    ),
    cmin: 0,
    cmax: ceiling,
    colorscale: landscapeScale(palette),
    showscale: false,
    hoverinfo: 'skip',
    lighting: { ambient: 0.75, diffuse: 0.45, specular: 0.04, roughness: 0.9 },
    contours: { x: NO_LINES, y: NO_LINES, z: NO_LINES },
  };
  return relief as Data;
}

/** Height at which the relief is cut: above the passes, where walkers hardly come. */
function topOf({ kT, pass }: LandscapeOptions): number {
  return Math.max(LOWEST_TOP, (pass / kT) * ABOVE_PASS);
}

const NO_LINES = { show: false, highlight: false } as const;

export function surfaceFigure(
  relief: Data,
  walkers: Afloat | null,
  options: LandscapeOptions,
  palette: Palette,
): Figure {
  const top = topOf(options);
  const dots: Data = {
    type: 'scatter3d',
    mode: 'markers',
    x: [...(walkers?.x ?? [])],
    y: [...(walkers?.y ?? [])],
    z: (walkers?.z ?? []).map((height) => Math.min(height, top) + AFLOAT * top),
    marker: { color: palette.simulation, size: 3.2, line: { color: palette.paper, width: 0.5 } },
    hoverinfo: 'skip',
  };
  const axis = (title: string): Partial<Layout['scene']['xaxis']> => ({
    title: { text: inSymbols(title), font: { size: 12, color: palette.soft } },
    color: palette.soft,
    gridcolor: palette.line,
    zerolinecolor: palette.line,
    showbackground: false,
    showspikes: false,
  });
  return {
    relief: true,
    data: [relief, dots],
    layout: layout(
      palette,
      { left: 0, right: 0, top: 0, bottom: 0 },
      {
        scene: {
          xaxis: axis(options.names[0]),
          yaxis: axis(options.names[1]),
          zaxis: { ...axis(text.plots.energy), range: [0, top] },
          aspectmode: 'manual',
          aspectratio: { x: 1.25, y: 1.25, z: 0.6 },
          camera: CAMERA,
          dragmode: 'orbit',
        },
        uirevision: 'camera',
      },
    ),
  };
}
