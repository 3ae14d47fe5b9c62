/** Training loss against the step, with a running mean. */
import { axis, extent, type Figure, layout, type Margins } from './figure.ts';
import { type Palette, translucent } from './palette.ts';

const MARGINS: Margins = { left: 40, right: 8, top: 6, bottom: 36 };
const MOST_POINTS = 1500;
const SMOOTHING = 0.02;

export function lossFigure(losses: ArrayLike<number>, steps: number, palette: Palette): Figure {
  const { x, raw, mean } = thinned(losses);
  const [low, high] = extent(raw);
  const range = [Math.log10(Math.max(low, 1e-6)) - 0.05, Math.log10(Math.max(high, 1e-6)) + 0.05] as const;
  const curve = { type: 'scatter', mode: 'lines', x, hoverinfo: 'skip' } as const;
  return {
    data: [
      { ...curve, y: raw, line: { color: translucent(palette.model, 0.28), width: 1 } },
      { ...curve, y: mean, line: { color: palette.model, width: 1.8 } },
    ],
    layout: layout(palette, MARGINS, {
      xaxis: axis(palette, { title: 'training step', range: [0, Math.max(steps, 1)], grid: false }),
      yaxis: { ...axis(palette, { title: 'loss', range, log: true }), dtick: 'D2' },
    }),
  };
}

function thinned(losses: ArrayLike<number>): { x: number[]; raw: number[]; mean: number[] } {
  const every = Math.max(1, Math.ceil(losses.length / MOST_POINTS));
  const x: number[] = [];
  const raw: number[] = [];
  const mean: number[] = [];
  let average = losses.length > 0 ? losses[0] : 0;
  for (let i = 0; i < losses.length; i++) {
    const rate = Math.max(SMOOTHING, 1 / (i + 1));
    average += rate * (losses[i] - average);
    if (i % every !== 0) continue;
    x.push(i + 1);
    raw.push(losses[i]);
    mean.push(average);
  }
  return { x, raw, mean };
}
