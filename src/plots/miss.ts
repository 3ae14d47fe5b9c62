/** How far the slow variable of generated states is from the value that was asked for. */
import { text } from '../text/index.ts';
import { axis, emptyText, type Figure, layout, type Margins } from './figure.ts';
import { type Palette, translucent } from './palette.ts';

const MARGINS: Margins = { left: 34, right: 6, top: 6, bottom: 36 };
const BINS = 41;
/** Half of the axis, in root mean square misses. */
const SHOWN = 4;

export interface MissOptions {
  readonly cv: string;
  /** Root mean square of the misses. */
  readonly rms: number;
  /** The axis reaches so far at least, that a perfect sampler does not look like noise. */
  readonly least: number;
}

/** @param misses signed differences; null as long as nothing is generated */
export function missFigure(
  misses: ArrayLike<number> | null,
  { cv, rms, least }: MissOptions,
  palette: Palette,
): Figure {
  const half = misses ? Math.max(SHOWN * rms, least) : least;
  const width = (2 * half) / BINS;
  const shares = new Array<number>(BINS).fill(0);
  for (let n = 0; n < (misses?.length ?? 0); n++) {
    const bin = Math.floor(((misses?.[n] ?? 0) + half) / width);
    if (bin >= 0 && bin < BINS) shares[bin] += 1 / (misses?.length ?? 1);
  }
  const tallest = shares.reduce((a, b) => Math.max(a, b), 0);
  return {
    data: [
      {
        type: 'bar',
        x: shares.map((_, bin) => -half + (bin + 0.5) * width),
        y: shares,
        marker: { color: translucent(palette.model, 0.55), line: { width: 0 } },
        hoverinfo: 'skip',
      },
    ],
    layout: layout(palette, MARGINS, {
      bargap: 0.08,
      annotations: misses ? [] : [emptyText(text.plots.noSamples, 0.5, palette)],
      shapes: [
        {
          type: 'line',
          x0: 0,
          x1: 0,
          y0: 0,
          y1: 1,
          yref: 'paper',
          line: { color: palette.ink, width: 1.4 },
        },
      ],
      xaxis: axis(palette, {
        title: text.plots.deviationFromRequested(cv),
        range: [-half, half],
        grid: false,
      }),
      yaxis: {
        ...axis(palette, { title: text.plots.fraction, range: [0, 1.1 * (tallest || 1)], ticks: false }),
      },
    }),
  };
}
