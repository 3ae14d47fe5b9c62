/** Training loss against the step, with a running mean, and the loss on states that were held out. */
import { text } from '../text/index.ts';
import { axis, emptyText, extent, type Figure, layout, type Margins } from './figure.ts';
import { type Palette, translucent } from './palette.ts';

const MARGINS: Margins = { left: 40, right: 8, top: 6, bottom: 36 };
const MOST_POINTS = 1500;
const SMOOTHING = 0.04;

export interface Losses {
  /** One for each step. */
  readonly training: ArrayLike<number>;
  /** On states that training never sees, now and then. */
  readonly validation: readonly { readonly step: number; readonly loss: number }[];
  /** Steps taken before the first of these. */
  readonly first: number;
  /** Steps that are planned. */
  readonly steps: number;
}

export function lossFigure({ training, validation, first, steps }: Losses, palette: Palette): Figure {
  const { x, raw, mean } = thinned(training, first);
  const heldOut = validation.map(({ loss }) => loss);
  const { range, ticks } = decades([...raw, ...heldOut]);
  const curve = { type: 'scatter', mode: 'lines', x, hoverinfo: 'skip' } as const;
  const empty = first > 0 ? text.plots.lossOfEarlierSteps(first) : text.plots.notTrained;
  return {
    data: [
      { ...curve, y: raw, line: { color: translucent(palette.model, 0.28), width: 1 } },
      { ...curve, y: mean, line: { color: palette.model, width: 1.8 } },
      {
        type: 'scatter',
        mode: 'lines+markers',
        x: validation.map(({ step }) => step),
        y: heldOut,
        line: { color: palette.ink, width: 1.4 },
        marker: { color: palette.ink, size: 3.5 },
        hoverinfo: 'skip',
      },
    ],
    layout: layout(palette, MARGINS, {
      annotations: raw.length > 0 ? [] : [emptyText(empty, 0.5, palette)],
      xaxis: axis(palette, { title: text.plots.trainingStep, range: [0, Math.max(steps, 1)], grid: false }),
      yaxis: {
        ...axis(palette, { title: text.plots.loss, range, log: true }),
        tickvals: ticks,
        ticktext: ticks.map(String),
      },
    }),
  };
}

const ROUND_LOSSES = [1, 1.5, 2, 3, 5, 7].flatMap((digit) =>
  [0.001, 0.01, 0.1, 1, 10, 100].map((unit) => digit * unit),
);
const MOST_TICKS = 5;

/** Range of a logarithmic axis, and round numbers within it. */
function decades(values: readonly number[]): { range: readonly [number, number]; ticks: number[] } {
  const [low, high] = values.length > 0 ? extent(values) : [0.1, 1];
  const range = [Math.log10(Math.max(low, 1e-6)) - 0.05, Math.log10(Math.max(high, 1e-6)) + 0.05] as const;
  const inside = ROUND_LOSSES.map((value) => Number(value.toPrecision(2)))
    .filter((value) => Math.log10(value) >= range[0] && Math.log10(value) <= range[1])
    .sort((a, b) => a - b);
  const every = Math.ceil(inside.length / MOST_TICKS);
  return { range, ticks: inside.filter((_, i) => i % every === 0) };
}

function thinned(losses: ArrayLike<number>, first: number): { x: number[]; raw: number[]; mean: number[] } {
  const every = Math.max(1, Math.ceil(losses.length / MOST_POINTS));
  const x: number[] = [];
  const raw: number[] = [];
  const mean: number[] = [];
  let average = losses.length > 0 ? losses[0] : 0;
  for (let i = 0; i < losses.length; i++) {
    const rate = Math.max(SMOOTHING, 1 / (i + 1));
    average += rate * (losses[i] - average);
    if (i % every !== 0) continue;
    x.push(first + i + 1);
    raw.push(losses[i]);
    mean.push(average);
  }
  return { x, raw, mean };
}
