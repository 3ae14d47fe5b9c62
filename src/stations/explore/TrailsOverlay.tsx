/** The last moments of some walkers as fading lines, below the dots. */
import { useEffect, useRef } from 'react';
import type { Points } from '../../core/numerics/results.ts';
import type { Margins, Range } from '../../plots/figure.ts';
import { cleared, type DotSource, insetOf } from '../../shell/figure/DotsOverlay.tsx';

interface TrailsProps {
  readonly source: DotSource;
  readonly margins: Margins;
  readonly domain: readonly Range[];
  readonly color: string;
}

const AGES = 9;
const MOST_TRAILS = 40;
const DARKEST = 0.4;
/** A longer step, as a share of the domain, is a walker that came round a period or was carried by hand. */
const LEAP = 0.4;

export function TrailsOverlay({ source, margins, domain, color }: TrailsProps) {
  const element = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = element.current!;
    const past: Float32Array[] = [];
    let due = 0;
    const draw = () => {
      due = 0;
      const points = source.get();
      if (points) remember(past, points);
      drawTrails(canvas, past, domain, color);
    };
    const schedule = () => {
      due ||= requestAnimationFrame(draw);
    };
    const unsubscribe = source.subscribe(schedule);
    return () => {
      cancelAnimationFrame(due);
      unsubscribe();
    };
  }, [source, domain, color]);
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas is not focusable
  return <canvas ref={element} className="plot-area" style={insetOf(margins)} aria-hidden="true" />;
}

function remember(past: Float32Array[], { dimension, values }: Points): void {
  const count = Math.min(MOST_TRAILS, values.length / dimension);
  const now = new Float32Array(2 * count);
  for (let k = 0; k < count; k++) {
    now[2 * k] = values[k * dimension];
    now[2 * k + 1] = values[k * dimension + 1];
  }
  if (past[0]?.length !== now.length) past.length = 0;
  past.unshift(now);
  past.length = Math.min(past.length, AGES);
}

function drawTrails(
  canvas: HTMLCanvasElement,
  past: readonly Float32Array[],
  [[x0, x1], [y0, y1]]: readonly Range[],
  color: string,
): void {
  const context = cleared(canvas);
  const { width, height } = canvas;
  const [scaleX, scaleY] = [width / (x1 - x0), height / (y1 - y0)];
  context.strokeStyle = color;
  context.lineWidth = 1.2 * devicePixelRatio;
  for (let age = 1; age < past.length; age++) {
    const [from, to] = [past[age], past[age - 1]];
    context.globalAlpha = DARKEST * (1 - age / AGES);
    context.beginPath();
    for (let i = 0; i < to.length; i += 2) {
      const [ax, ay] = [(from[i] - x0) * scaleX, (y1 - from[i + 1]) * scaleY];
      const [bx, by] = [(to[i] - x0) * scaleX, (y1 - to[i + 1]) * scaleY];
      if (Math.abs(bx - ax) > LEAP * width || Math.abs(by - ay) > LEAP * height) continue;
      context.moveTo(ax, ay);
      context.lineTo(bx, by);
    }
    context.stroke();
  }
}
