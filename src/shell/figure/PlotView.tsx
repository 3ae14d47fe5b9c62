/** The only place that knows Plotly: draws a figure and keeps it as large as its frame. */
import type { Config } from 'plotly.js';
import { type RefObject, useEffect, useRef } from 'react';
import type { Figure } from '../../plots/figure.ts';
import { lazily, persistently } from '../lazily.ts';

type Library = typeof import('./plotly-bundle.ts').default;

const CONFIG: Partial<Config> = {
  displayModeBar: false,
  displaylogo: false,
  scrollZoom: false,
  doubleClick: false,
  showTips: false,
  showSendToCloud: false,
  staticPlot: true,
};
const EXPORT_SCALE = 2;

const library = lazily<Library>(() => import('./plotly-bundle.ts').then((module) => module.default));
const reliefLibrary = lazily<Library>(() => import('./plotly-relief.ts').then((module) => module.default));

/** Figures to be drawn: one per frame of the screen, so that no task is as long as all of them together. */
const waiting: (() => void)[] = [];

function inTurn(draw: () => void): void {
  waiting.push(draw);
  if (waiting.length === 1) requestAnimationFrame(drawNext);
}

function drawNext(): void {
  if (waiting.length > 1) requestAnimationFrame(drawNext);
  waiting.shift()?.();
}

/** A figure may take this share of the time: one that is slow to draw is drawn less often. */
const SHARE = 0.3;
/** One that takes longer than this, ms, holds up frames of the screen, and rests the longer, up to `LONGEST_REST`, ms. */
const WITHIN_FRAME = 4;
const LONGEST_REST = 1500;

function restAfter(duration: number): number {
  const rest = duration * (1 / SHARE - 1);
  return Math.max(rest, Math.min(rest * Math.max(1, duration / WITHIN_FRAME), LONGEST_REST));
}

/** Draws the latest figure once per frame of the screen at most; figures that came too fast are skipped. */
class Painter {
  figure: Figure | null = null;
  #due = false;
  #closed = false;
  #relief = false;
  #restsUntil = 0;
  readonly #element: HTMLDivElement;

  constructor(element: HTMLDivElement) {
    this.#element = element;
  }

  async paint(): Promise<void> {
    if (this.#due) return;
    this.#due = true;
    const plotly = await persistently(
      () => (this.figure?.relief ? reliefLibrary() : library()),
      () => !this.#closed,
    );
    if (!plotly) return;
    const rest = this.#restsUntil - performance.now();
    if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
    inTurn(() => {
      const begin = performance.now();
      this.#due = false;
      const { clientWidth: width, clientHeight: height } = this.#element;
      if (this.#closed || !this.figure || width === 0 || height === 0) return;
      const { data, layout, relief = false } = this.figure;
      // The two kinds of figure share neither axes nor canvases.
      if (relief !== this.#relief) plotly.purge(this.#element);
      this.#relief = relief;
      plotly.react(this.#element, data, { ...layout, width, height }, { ...CONFIG, staticPlot: !relief });
      const end = performance.now();
      this.#restsUntil = end + restAfter(end - begin);
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    // Where there is no library nothing was drawn.
    (await library().catch(() => null))?.purge(this.#element);
  }
}

/** The picture of a plot: the alternative text is its whole content for those who cannot see it. */
export function PlotView({ figure, label }: { figure: Figure | null; label: string }) {
  const element = useRef<HTMLDivElement>(null);
  const painter = useRef<Painter | null>(null);

  useEffect(() => {
    const mine = new Painter(element.current!);
    painter.current = mine;
    const observer = new ResizeObserver(() => mine.paint());
    observer.observe(element.current!);
    return () => {
      observer.disconnect();
      mine.close();
    };
  }, []);
  useEffect(() => {
    if (!painter.current) return;
    painter.current.figure = figure;
    if (figure) painter.current.paint();
  }, [figure]);

  return (
    <div className="plot-view" role="img" aria-label={label}>
      <div ref={element} className="plot-canvas" />
    </div>
  );
}

/** Saves the plot inside `frame`, with whatever canvas lies over it, as a PNG file. */
export async function savePicture(frame: RefObject<HTMLElement | null>, name: string): Promise<void> {
  const root = frame.current;
  const plot = root?.querySelector<HTMLElement>('.plot-canvas');
  if (!root || !plot) return;
  const { clientWidth: width, clientHeight: height } = plot;
  const picture = new Image();
  picture.src = await (await library()).toImage(plot, { format: 'png', width, height, scale: EXPORT_SCALE });
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * EXPORT_SCALE;
  canvas.height = height * EXPORT_SCALE;
  const context = canvas.getContext('2d')!;
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--paper');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0);
  context.scale(EXPORT_SCALE, EXPORT_SCALE);
  const origin = plot.getBoundingClientRect();
  for (const overlay of root.querySelectorAll('canvas')) {
    const box = overlay.getBoundingClientRect();
    context.drawImage(overlay, box.x - origin.x, box.y - origin.y, box.width, box.height);
  }
  canvas.toBlob((blob) => blob && saveBlob(blob, `${name}.png`));
}

export function saveBlob(blob: Blob, name: string): void {
  const anchor = document.createElement('a');
  anchor.href = URL.createObjectURL(blob);
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 1000);
}
