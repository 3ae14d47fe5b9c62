import { expect, test } from 'vitest';
import { coordinateMapFigure } from './coordinate-map.ts';
import { linesFigure } from './lines.ts';
import { palettes } from './palette.ts';

const palette = palettes.light;

test('lines: the axes hold every value, errors that are not known are not drawn', () => {
  const line = { kind: 'simulation', x: [0, 1], y: [1, 3], stderr: [0.2, Number.NaN], dots: true } as const;
  const { data, layout } = linesFigure([line], { x: 'x', y: 'D', including: 0, empty: '' }, palette);
  const range = layout.yaxis?.range ?? [];
  expect(range[0]).toBeLessThan(0);
  expect(range[1]).toBeGreaterThan(3);
  expect((data[0] as { error_y: { array: number[] } }).error_y.array).toEqual([0.2, 0]);
});

test('a constant is not magnified', () => {
  const line = { kind: 'simulation', x: [0, 1], y: [3, 3.0000001] } as const;
  const range = linesFigure([line], { x: 'x', y: 'b', empty: '' }, palette).layout.yaxis?.range ?? [];
  expect(Number(range[1]) - Number(range[0])).toBeGreaterThan(0.5);
});

test('a single point lies inside the picture', () => {
  const line = { kind: 'simulation', x: [0.04], y: [0.7], dots: true } as const;
  const { xaxis } = linesFigure([line], { x: 'lag', y: 'D', empty: '' }, palette).layout;
  expect(xaxis?.range?.[0]).toBeLessThan(0.04);
  expect(xaxis?.range?.[1]).toBeGreaterThan(0.04);
});

test('nothing to draw is said', () => {
  const { layout } = linesFigure([], { x: 'x', y: 'D', empty: 'Not known yet.' }, palette);
  expect(layout.annotations?.[0].text).toBe('Not known yet.');
  expect([layout.xaxis, layout.yaxis].map((axis) => axis?.showticklabels)).toEqual([false, false]);
});

test('a map: each state at its place in its colour, a few far values do not take all colours', () => {
  const count = 200;
  const values = Float32Array.from({ length: 2 * count }, (_, i) => i);
  const coordinate = Float64Array.from({ length: count }, (_, i) => (i === 0 ? -1000 : i));
  const { data } = coordinateMapFigure({ dimension: 2, values }, coordinate, { names: ['x', 'y'] }, palette);
  const { x, y, marker } = data[0] as {
    x: number[];
    y: number[];
    marker: { cmin: number; cmax: number };
  };
  expect([x[3], y[3]]).toEqual([6, 7]);
  expect(marker.cmin).toBeGreaterThan(-1);
  expect(marker.cmax).toBeLessThan(count);
});
