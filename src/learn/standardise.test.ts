import { expect, test } from 'vitest';
import { plainSampler } from './minibatch.ts';
import { standardisationOf, standardise, unstandardise } from './standardise.ts';

const points = { dimension: 2, values: Float32Array.of(1, 10, 3, 10, 5, 10, 7, 10) };

test('mean and deviation of each coordinate; a constant one keeps its unit', () => {
  const { mean, deviation } = standardisationOf(points, plainSampler(4).probabilities);
  expect(mean).toEqual([4, 10]);
  expect(deviation).toEqual([expect.closeTo(Math.sqrt(5), 12), 1]);
});

test('states count by their probability', () => {
  const { mean, deviation } = standardisationOf(points, Float64Array.of(0.5, 0, 0, 0.5));
  expect(mean[0]).toBeCloseTo(4, 12);
  expect(deviation[0]).toBeCloseTo(3, 12);
});

test('there and back', () => {
  const scale = standardisationOf(points, plainSampler(4).probabilities);
  const back = unstandardise(standardise(points, scale), scale).values;
  for (const [i, value] of points.values.entries()) expect(back[i]).toBeCloseTo(value, 5);
});
