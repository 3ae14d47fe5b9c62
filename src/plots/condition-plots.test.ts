import { expect, test } from 'vitest';
import { linspace } from '../core/numerics/results.ts';
import { conditionalFigure } from './conditional.ts';
import { momentsFigure } from './conditional-moments.ts';
import { missFigure } from './miss.ts';
import { palettes } from './palette.ts';

const palette = palettes.light;
const x = linspace(-3, 3, 121);
const distribution = {
  at: 0,
  coordinate: 'y',
  x,
  density: x.map((v) => Math.exp((-v * v) / 2) / Math.sqrt(2 * Math.PI)),
  mean: 0,
  variance: 1,
};
const options = { cv: 'x', range: [-3, 3] as const };

test('the distribution alone, and one trace more for each kind of samples, in its colour', () => {
  const none = { model: null, restrained: null, nearby: null };
  expect(conditionalFigure(distribution, none, options, palette).data).toHaveLength(1);
  const all = { model: [0.5], restrained: [0.1, 0.2], nearby: [1] };
  const { data } = conditionalFigure(distribution, all, options, palette);
  expect(data.map(({ type }) => type)).toEqual(['bar', 'scatter', 'scatter', 'scatter']);
  const colors = data.slice(1).map((trace) => (trace as { line: { color: string } }).line.color);
  expect(colors).toEqual([palette.simulation, palette.biased, palette.ink]);
});

test('histograms are densities', () => {
  const samples = Array.from({ length: 2000 }, (_, n) => -1 + n / 1000);
  const { data } = conditionalFigure(
    distribution,
    { model: samples, restrained: null, nearby: null },
    options,
    palette,
  );
  const { x: places, y } = data[0] as unknown as { x: number[]; y: number[] };
  const width = places[1] - places[0];
  expect(y.reduce((a, b) => a + b, 0) * width).toBeCloseTo(1, 9);
});

test('misses: shares of all samples, an axis that is as wide as they are, or as the least', () => {
  const misses = [-0.1, 0, 0, 0.1];
  const wide = missFigure(misses, { cv: 'x', rms: 0.07, least: 0.01 }, palette);
  expect((wide.data[0] as unknown as { y: number[] }).y.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  expect(wide.layout.xaxis?.range?.[1]).toBeCloseTo(0.28, 9);
  expect(missFigure([0], { cv: 'x', rms: 0, least: 0.01 }, palette).layout.xaxis?.range).toEqual([
    -0.01, 0.01,
  ]);
  expect(missFigure(null, { cv: 'x', rms: 0, least: 1 }, palette).layout.annotations).toHaveLength(1);
});

test('moments: thin stretches are shaded, a mean that stays keeps an axis as long as a standard deviation', () => {
  const point = { at: 0, mean: 0.01, meanError: 0.02, variance: 4, varianceError: 0.1 };
  const thin = [[-1, -0.5] as const, [0.5, 1] as const];
  const { layout } = momentsFigure(
    [point],
    null,
    { cv: 'x', coordinate: 'y', range: [-1, 1], thin, at: 0 },
    palette,
  );
  const rectangles = (layout.shapes ?? []).filter(({ type }) => type === 'rect');
  expect(rectangles.map(({ x0, x1 }) => [x0, x1])).toEqual(thin);
  const [low, high] = (layout.yaxis?.range ?? []) as number[];
  expect(high - low).toBeGreaterThan(1.99);
});
