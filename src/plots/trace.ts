/** The slow variable of one walker against time. */
import type { Layout } from 'plotly.js';
import type { Series } from '../core/numerics/results.ts';
import { text } from '../text/index.ts';
import { axis, type Figure, layout, type Margins, type Range } from './figure.ts';
import type { Palette } from './palette.ts';

const MARGINS: Margins = { left: 40, right: 76, top: 6, bottom: 36 };

/** Value of the slow variable at a named place, e.g. a minimum. */
export interface Level {
  readonly name: string;
  readonly value: number;
}

export interface TraceOptions {
  readonly cv: string;
  /** One period if the slow variable is periodic. */
  readonly range: Range;
  readonly periodic?: boolean;
  readonly time: number;
  readonly levels: readonly Level[];
}

export function traceFigure(trace: Series | null, options: TraceOptions, palette: Palette): Figure {
  const [low, high] = options.range;
  const margin = 0.1 * (high - low);
  const drawn = trace && (options.periodic ? wrapped(trace, options.range) : trace);
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines',
        x: drawn?.x ?? [],
        y: drawn?.y ?? [],
        line: { color: palette.simulation, width: 1.3 },
        hoverinfo: 'skip',
      },
    ],
    layout: layout(palette, MARGINS, {
      xaxis: axis(palette, { title: text.plots.time, range: [0, options.time], grid: false }),
      yaxis: {
        ...axis(palette, { title: options.cv, range: [low - margin, high + margin], grid: false }),
        nticks: 5,
      },
      shapes: options.levels.map(({ value }) => ({
        type: 'line',
        layer: 'below',
        xref: 'paper',
        x0: 0,
        x1: 1,
        y0: value,
        y1: value,
        line: { color: palette.line, width: 1 },
      })),
      annotations: apart(options.levels, options.range).map(({ name, value }) => label(name, value, palette)),
    }),
  };
}

/** Within one period; the line is broken where it leaves on one side and comes back on the other. */
function wrapped({ x, y }: Series, [low, high]: Range): { x: number[]; y: number[] } {
  const out = { x: [] as number[], y: [] as number[] };
  let period = Number.NaN;
  y.forEach((value, i) => {
    const turns = Math.floor((value - low) / (high - low));
    if (i > 0 && turns !== period) {
      out.x.push(x[i]);
      out.y.push(Number.NaN);
    }
    period = turns;
    out.x.push(x[i]);
    out.y.push(value - turns * (high - low));
  });
  return out;
}

/** Labels that would overprint each other share one line. */
function apart(levels: readonly Level[], [low, high]: Range): Level[] {
  const kept: Level[] = [];
  for (const level of levels) {
    const near = kept.findIndex((other) => Math.abs(other.value - level.value) < 0.16 * (high - low));
    if (near < 0) kept.push(level);
    else kept[near] = { ...kept[near], name: `${kept[near].name},<br>${level.name}` };
  }
  return kept;
}

function label(text: string, y: number, palette: Palette): NonNullable<Layout['annotations']>[number] {
  return {
    text,
    x: 1,
    xref: 'paper',
    xanchor: 'left',
    xshift: 6,
    y,
    yanchor: 'middle',
    showarrow: false,
    font: { size: 11, color: palette.soft },
  };
}
