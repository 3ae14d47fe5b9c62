/** Dots on a canvas over the plot area: fast enough for thousands at every frame, which a plot library is not. */
import { useEffect, useRef } from 'react';
import type { Points } from '../../core/numerics/results.ts';
import type { Margins, Range } from '../../plots/figure.ts';

export interface DotSource {
  readonly get: () => Points | null;
  readonly subscribe: (listener: () => void) => () => void;
}

interface DotsProps {
  readonly source: DotSource;
  readonly margins: Margins;
  readonly domain: readonly Range[];
  readonly color: string;
  readonly ring: string;
  /** Width of the ring as a share of the radius; a fine line when absent. */
  readonly ringShare?: number;
  /** So many are drawn at most. */
  readonly most?: number;
  /** Ring of the first dot, which is then drawn larger and on top. */
  readonly marked?: string;
}

const MOST_DOTS = 4096;
const FINE = 0.25;

export function DotsOverlay(props: DotsProps) {
  const { source, margins, domain, color, ring, ringShare = FINE, most = MOST_DOTS, marked } = props;
  const element = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = element.current!;
    const draw = () =>
      drawDots(canvas, firstOf(source.get(), most), domain, { color, ring, ringShare, marked });
    let due = 0;
    // A frame that is published inside an animation frame is drawn in the next: one draw per frame of the screen.
    const schedule = () => {
      due ||= requestAnimationFrame(() => {
        due = 0;
        draw();
      });
    };
    const observer = new ResizeObserver(draw);
    observer.observe(canvas);
    const unsubscribe = source.subscribe(schedule);
    schedule();
    return () => {
      cancelAnimationFrame(due);
      observer.disconnect();
      unsubscribe();
    };
  }, [source, domain, color, ring, ringShare, most, marked]);
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas is not focusable
  return <canvas ref={element} className="plot-area" style={insetOf(margins)} aria-hidden="true" />;
}

/** Style of an element that covers exactly the plot area. */
export function insetOf({ left, right, top, bottom }: Margins): React.CSSProperties {
  return {
    left,
    top,
    width: `calc(100% - ${left + right}px)`,
    height: `calc(100% - ${top + bottom}px)`,
  };
}

function firstOf(points: Points | null, most: number): Points | null {
  return points && { ...points, values: points.values.subarray(0, most * points.dimension) };
}

interface DotStyle {
  readonly color: string;
  readonly ring: string;
  readonly ringShare: number;
  readonly marked?: string;
}

/** A canvas as sharp as the screen, empty. */
export function cleared(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const width = Math.round(canvas.clientWidth * devicePixelRatio);
  const height = Math.round(canvas.clientHeight * devicePixelRatio);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext('2d')!;
  context.clearRect(0, 0, width, height);
  return context;
}

function drawDots(
  canvas: HTMLCanvasElement,
  points: Points | null,
  [[x0, x1], [y0, y1]]: readonly Range[],
  { color, ring, ringShare, marked }: DotStyle,
): void {
  const context = cleared(canvas);
  if (!points) return;
  const { width, height } = canvas;
  const { dimension, values } = points;
  const count = Math.floor(values.length / dimension);
  const radius = radiusFor(count) * devicePixelRatio;
  const put = (k: number, dot: OffscreenCanvas) => {
    const x = ((values[k * dimension] - x0) / (x1 - x0)) * width;
    const y = ((y1 - values[k * dimension + 1]) / (y1 - y0)) * height;
    context.drawImage(dot, x - dot.width / 2, y - dot.height / 2);
  };
  const dot = dotImage(radius, color, ring, ringShare);
  for (let k = marked ? 1 : 0; k < count; k++) put(k, dot);
  if (marked && count > 0) put(0, dotImage(1.5 * radius + devicePixelRatio, color, marked, FINE));
}

function radiusFor(count: number): number {
  if (count > 2000) return 1.8;
  return count > 600 ? 2.4 : 3.2;
}

const images = new Map<string, OffscreenCanvas>();

/** One dot with a ring, drawn once: copying it is several times faster than drawing arcs. */
function dotImage(radius: number, color: string, ring: string, ringShare: number): OffscreenCanvas {
  const key = `${radius} ${color} ${ring} ${ringShare}`;
  const known = images.get(key);
  if (known) return known;
  const size = Math.ceil(2 * radius + 4);
  const image = new OffscreenCanvas(size, size);
  const context = image.getContext('2d')!;
  context.beginPath();
  context.arc(size / 2, size / 2, radius, 0, 2 * Math.PI);
  context.fillStyle = color;
  context.globalAlpha = 0.9;
  context.fill();
  context.globalAlpha = 0.9;
  context.lineWidth = Math.max(0.8, ringShare * radius);
  context.strokeStyle = ring;
  context.stroke();
  images.set(key, image);
  return image;
}
