import { expect, test } from 'vitest';
import { minibatchFigure, shownRows, windowAround } from './minibatch.ts';
import { palettes } from './palette.ts';

const points = (...values: number[]) => ({ dimension: 2, values: Float32Array.from(values) });
const minibatch = {
  noisy: points(0, 0, 50, 0, 1, 1),
  sigmas: Float32Array.of(0.1, 40, 0.2),
  targets: points(0.5, 0, 0, 0, 1, 0.5),
  predictions: points(0.25, 0, 0, 0, 1, 0.75),
};
const window = windowAround([
  [-1, 1],
  [-2, 2],
]);

test('the picture reaches beyond the domain, and leaves out what is farther', () => {
  expect(window).toEqual([
    [-1.5, 1.5],
    [-3, 3],
  ]);
  expect(shownRows(minibatch, window)).toEqual([0, 2]);
});

test('arrows go from the noisy state to the clean one and to the answer', () => {
  const { data } = minibatchFigure(minibatch, { names: ['x', 'y'], window }, palettes.light);
  const ends = data.slice(0, 2).map((trace) => {
    const { x, y } = trace as unknown as { x: number[]; y: number[] };
    return [0, 6].map((i) => [x[i], y[i], x[i + 1], y[i + 1]]);
  });
  expect(ends[0]).toEqual([
    [0, 0, 0.5, 0],
    [1, 1, 1, 0.5],
  ]);
  expect(ends[1]).toEqual([
    [0, 0, 0.25, 0],
    [1, 1, 1, 0.75],
  ]);
  expect(data[2]).toMatchObject({ x: [0, 1], y: [0, 1] });
});
