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
  expect(data[0]).toMatchObject({ x: [0, 0.5, null, 1, 1, null], y: [0, 0, null, 1, 0.5, null] });
  expect(data[1]).toMatchObject({ x: [0, 0.25, null, 1, 1, null], y: [0, 0, null, 1, 0.75, null] });
  expect(data[2]).toMatchObject({ x: [0, 1], y: [0, 1] });
});
