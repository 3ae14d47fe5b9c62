/** A picture of a system from its own equation, drawn when the page has time. */
import { useEffect, useRef } from 'react';
import { families } from '../../catalog.ts';
import { DEFAULT_CHOICES, defaultExperiment } from '../../core/settings/settings.ts';
import { type Palette, scaleBytes } from '../../plots/palette.ts';
import { type Thumbnail as Picture, THUMBNAIL, thumbnailOf } from '../../plots/thumbnail.ts';
import { modelOf } from '../parts/system.ts';
import { usePalette } from '../theme.ts';

const pictures = new Map<string, Picture>();

function pictureOf(system: string): Picture {
  const known = pictures.get(system);
  if (known) return known;
  const experiment = defaultExperiment(families, { ...DEFAULT_CHOICES, system });
  const picture = thumbnailOf(modelOf(experiment), experiment.kT);
  pictures.set(system, picture);
  return picture;
}

export function Thumbnail({ system }: { system: string }) {
  const element = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  useEffect(
    () =>
      whenIdle(() => {
        if (element.current) draw(element.current, pictureOf(system), palette);
      }),
    [system, palette],
  );
  const { width, height } = THUMBNAIL;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas is not focusable
    <canvas ref={element} className="thumbnail" width={2 * width} height={2 * height} aria-hidden="true" />
  );
}

const waiting: (() => void)[] = [];

/** Pictures are drawn one by one, each in an idle moment of its own. */
function whenIdle(work: () => void): () => void {
  if (waiting.push(work) === 1) request();
  return () => {
    const place = waiting.indexOf(work);
    // The first is under way: the next one must still be asked for.
    if (place > 0) waiting.splice(place, 1);
    else if (place === 0) waiting[0] = () => undefined;
  };
}

function request(): void {
  const next = () => {
    waiting[0]();
    waiting.shift();
    if (waiting.length > 0) request();
  };
  // Safari has no idle callbacks.
  if (typeof requestIdleCallback === 'function') requestIdleCallback(next, { timeout: 1000 });
  else setTimeout(next, 30);
}

function draw(canvas: HTMLCanvasElement, picture: Picture, palette: Palette): void {
  const context = canvas.getContext('2d')!;
  context.clearRect(0, 0, canvas.width, canvas.height);
  if (picture.kind === 'landscape') paintLandscape(context, picture.shares, palette);
  else {
    const lines = picture.kind === 'flow' ? picture.lines : [curveLine(picture.heights)];
    context.strokeStyle = picture.kind === 'flow' ? palette.simulation : palette.ink;
    context.lineWidth = picture.kind === 'flow' ? 1.5 : 3;
    for (const line of lines) stroke(context, line);
  }
}

function paintLandscape(context: CanvasRenderingContext2D, shares: Float64Array, palette: Palette): void {
  const { width, height } = THUMBNAIL;
  const small = new OffscreenCanvas(width, height);
  const pen = small.getContext('2d')!;
  const image = pen.createImageData(width, height);
  const scale = scaleBytes(palette);
  shares.forEach((share, k) => {
    image.data.set(scale(share), 4 * k);
  });
  pen.putImageData(image, 0, 0);
  context.drawImage(small, 0, 0, 2 * width, 2 * height);
}

/** Heights as a line, in shares of width and height from the upper left, with room at the bottom. */
function curveLine(heights: Float64Array): Float64Array {
  const line = new Float64Array(2 * heights.length);
  heights.forEach((value, i) => {
    line[2 * i] = i / (heights.length - 1);
    line[2 * i + 1] = 0.9 - 0.95 * value;
  });
  return line;
}

function stroke(context: CanvasRenderingContext2D, line: Float64Array): void {
  const { width, height } = context.canvas;
  context.beginPath();
  for (let i = 0; i < line.length; i += 2) context.lineTo(line[i] * width, line[i + 1] * height);
  context.stroke();
}
