/** States over the energy landscape, small, on a canvas. */
import { useEffect, useMemo, useRef } from 'react';
import type { Grid } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { ceilingOf } from '../../plots/landscape.ts';
import { type Palette, scaleBytes } from '../../plots/palette.ts';
import { cleared } from '../figure/DotsOverlay.tsx';
import { highestPass, systemOf } from '../parts/system.ts';
import { useGrid } from '../parts/use-landscape.ts';
import { usePalette } from '../theme.ts';

interface CanvasProps {
  readonly experiment: Experiment;
  /** Row by row, two numbers each. */
  readonly states: Float32Array | null;
  readonly label: string;
}

export function DataCanvas({ experiment, states, label }: CanvasProps) {
  const element = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const grid = useGrid(experiment);
  const { domain } = systemOf(experiment);
  const ceiling = experiment.kT * ceilingOf({ kT: experiment.kT, pass: highestPass(experiment) });
  const landscape = useMemo(() => grid && paint(grid, ceiling, palette), [grid, ceiling, palette]);
  useEffect(() => {
    const canvas = element.current;
    if (!canvas) return;
    const draw = () => {
      const context = cleared(canvas);
      const { width, height } = canvas;
      if (landscape) context.drawImage(landscape, 0, 0, width, height);
      if (states) drawStates(context, states, domain, palette);
    };
    const observer = new ResizeObserver(draw);
    observer.observe(canvas);
    draw();
    return () => observer.disconnect();
  }, [landscape, states, domain, palette]);
  return <canvas ref={element} role="img" aria-label={label} />;
}

function paint({ xs, ys, values }: Grid, ceiling: number, palette: Palette): OffscreenCanvas {
  const [nx, ny] = [xs.length, ys.length];
  const canvas = new OffscreenCanvas(nx, ny);
  const pen = canvas.getContext('2d')!;
  const image = pen.createImageData(nx, ny);
  const color = scaleBytes(palette);
  const lowest = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  values.forEach((value, k) => {
    const row = ny - 1 - Math.floor(k / nx);
    image.data.set(color(Math.min(1, (value - lowest) / ceiling)), 4 * (row * nx + (k % nx)));
  });
  pen.putImageData(image, 0, 0);
  return canvas;
}

/** Small squares: a few thousand at every stroke of the hand. */
function drawStates(
  context: CanvasRenderingContext2D,
  states: Float32Array,
  [[x0, x1], [y0, y1]]: readonly (readonly [number, number])[],
  palette: Palette,
): void {
  const { width, height } = context.canvas;
  const size = (states.length > 4000 ? 1.5 : 2.5) * devicePixelRatio;
  context.fillStyle = palette.simulation;
  context.globalAlpha = 0.75;
  for (let i = 0; i < states.length; i += 2) {
    const x = ((states[i] - x0) / (x1 - x0)) * width;
    const y = ((y1 - states[i + 1]) / (y1 - y0)) * height;
    context.fillRect(x - size / 2, y - size / 2, size, size);
  }
  context.globalAlpha = 1;
}
