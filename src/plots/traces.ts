/** What tells the story of a method, one panel above the other, all against force evaluations. */
import type { Data, Layout, LayoutAxis } from 'plotly.js';
import type { Trace } from '../core/sampling/method.ts';
import { say, text } from '../text/index.ts';
import { axis, extent, type Figure, layout, type Margins, type Range } from './figure.ts';
import type { Palette } from './palette.ts';
import type { RunFamily } from './run-marks.ts';

const MARGINS: Margins = { left: 44, right: 10, top: 4, bottom: 38 };
export const PANEL_HEIGHT = 84;
const ROOM_FOR_TITLE = 0.2;
const MOST_POINTS = 600;

/** @returns pixels that so many panels need */
export function tracesHeight(panels: number): number {
  return MARGINS.top + MARGINS.bottom + panels * PANEL_HEIGHT;
}

export function tracesFigure(
  traces: readonly Trace[],
  { budget, family }: { readonly budget: number; readonly family: RunFamily },
  palette: Palette,
): Figure {
  const ranges = rangesOf(traces);
  const data: Data[] = [];
  const axes: Record<string, Partial<LayoutAxis>> = {};
  const titles: Layout['annotations'] = [];
  traces.forEach((trace, i) => {
    const suffix = i === 0 ? '' : String(i + 1);
    const top = 1 - i / traces.length;
    const height = 1 / traces.length;
    data.push({
      type: 'scatter',
      mode: 'lines',
      ...thinned(trace.series),
      yaxis: `y${suffix}`,
      line: { color: palette[family], width: 1.1 },
      hoverinfo: 'skip',
    } as Data);
    axes[`yaxis${suffix}`] = {
      ...axis(palette, { title: '', range: ranges.get(say(trace.axis)) ?? [0, 1] }),
      domain: [top - height * (1 - ROOM_FOR_TITLE), top - height * ROOM_FOR_TITLE],
      nticks: 3,
    };
    titles.push({
      text: `${say(trace.label)}: ${say(trace.axis)}`,
      x: 0,
      xref: 'paper',
      xanchor: 'left',
      y: top,
      yref: 'paper',
      yanchor: 'top',
      showarrow: false,
      font: { size: 11, color: palette.soft },
    });
  });
  return {
    data,
    layout: layout(palette, MARGINS, {
      ...axes,
      annotations: titles,
      xaxis: {
        ...axis(palette, { title: text.plots.forceEvaluations, range: [0, budget], grid: false }),
        nticks: 5,
        anchor: traces.length > 1 ? (`y${traces.length}` as 'y2') : 'y',
      },
    }),
  };
}

/** Panels that show the same quantity have the same scale. */
function rangesOf(traces: readonly Trace[]): Map<string, Range> {
  const ranges = new Map<string, Range>();
  for (const { axis: named, series } of traces) {
    const quantity = say(named);
    const [low, high] = extent(series.y);
    const known = ranges.get(quantity);
    ranges.set(quantity, known ? [Math.min(low, known[0]), Math.max(high, known[1])] : [low, high]);
  }
  for (const [quantity, [low, high]] of ranges) {
    const margin = high > low ? 0.06 * (high - low) : 0.5;
    ranges.set(quantity, [low - margin, high + margin]);
  }
  return ranges;
}

function thinned({ x, y }: Trace['series']): { x: number[]; y: number[] } {
  const every = Math.max(1, Math.ceil(x.length / MOST_POINTS));
  const kept = { x: [] as number[], y: [] as number[] };
  for (let i = 0; i < x.length; i += every) {
    kept.x.push(x[i]);
    kept.y.push(y[i]);
  }
  return kept;
}
