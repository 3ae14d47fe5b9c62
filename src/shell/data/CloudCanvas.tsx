/** Points of two columns, or the rows of one from bottom to top, with the domain of the system as a frame. */
import { useEffect, useRef } from 'react';
import { text } from '../../text/index.ts';
import { cleared } from '../figure/DotsOverlay.tsx';
import { usePalette } from '../theme.ts';

type Range = readonly [number, number];

interface CloudProps {
  /** Values of each coordinate. */
  readonly columns: readonly Float32Array[];
  readonly names: readonly string[];
  readonly domain: readonly Range[];
  readonly label: string;
}

const MARGIN = 0.04;
/** A domain so much wider than the data would leave them too little room. */
const WIDEST = 4;

export function CloudCanvas({ columns, names, domain, label }: CloudProps) {
  const element = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  // More coordinates than two are shown by their first two.
  const across = columns[0];
  const up = columns[1] ?? across.map((_, n) => n);
  const spans = [across, up].map(spanOf);
  useEffect(() => {
    const canvas = element.current;
    if (!canvas) return;
    const draw = () => {
      const context = cleared(canvas);
      const [wide, high] = spans.map((span, d) => withDomain(span, columns.length > 1 ? domain[d] : span));
      const [x, y] = [scale(wide, canvas.width), scale(high, canvas.height)];
      if (columns.length > 1) frame(context, x, y, domain, palette.soft);
      context.fillStyle = palette.simulation;
      context.globalAlpha = 0.75;
      const size = 3 * devicePixelRatio;
      across.forEach((value, n) => {
        context.fillRect(x(value) - size / 2, canvas.height - y(up[n]) - size / 2, size, size);
      });
      context.globalAlpha = 1;
    };
    const observer = new ResizeObserver(draw);
    observer.observe(canvas);
    draw();
    return () => observer.disconnect();
  });
  return (
    <figure className="cloud">
      <canvas ref={element} role="img" aria-label={label} />
      <figcaption>
        {text.data.columnChoice.axes(
          names.slice(0, 2).map((name, d) => text.data.span(name, spans[d][0], spans[d][1])),
          columns.length,
        )}
      </figcaption>
    </figure>
  );
}

function spanOf(values: Float32Array): Range {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : [0, 0];
}

/** The data with the domain around them. */
function withDomain([low, high]: Range, [from, to]: Range): Range {
  if (to - from > WIDEST * (high - low)) return [low, high];
  return [Math.min(low, from), Math.max(high, to)];
}

/** From values to places in the picture. */
function scale([low, high]: Range, size: number): (value: number) => number {
  const span = high - low || 1;
  return (value) => (MARGIN + ((1 - 2 * MARGIN) * (value - low)) / span) * size;
}

function frame(
  context: CanvasRenderingContext2D,
  x: (value: number) => number,
  y: (value: number) => number,
  [[x0, x1], [y0, y1]]: readonly Range[],
  color: string,
): void {
  const { height } = context.canvas;
  context.strokeStyle = color;
  context.lineWidth = devicePixelRatio;
  context.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
  context.strokeRect(x(x0), height - y(y1), x(x1) - x(x0), y(y1) - y(y0));
  context.setLineDash([]);
}
