import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { families } from '../catalog.ts';
import { trainingData } from '../core/datasets/training-data.ts';
import { Reference } from '../core/exact/reference.ts';
import { statesAt } from '../core/generative/sample-path.ts';
import { parseQuery } from '../core/settings/query.ts';
import { Learner } from './learner.ts';

const QUERY =
  'station=learn&data.n=1000&network.width=16&network.depth=2&train.steps=20&train.batch=64&generator.steps=9';

async function trained(query: string) {
  const { experiment } = parseQuery(query, families);
  const learner = new Learner(families, trainingData);
  const { scale } = await learner.start(experiment, 'cpu');
  for (let done = false; !done; ) ({ done } = await learner.train(50));
  return { experiment, learner, scale };
}

test.each(['', '&generator=predictor-corrector&generator.steps=32', '&generator=stochastic-churn'])(
  'the way of samples of a network ends where its generation does and leaves nothing behind: %s',
  async (changes) => {
    const { experiment, learner, scale } = await trained(`${QUERY}${changes}`);
    const before = tf.memory().numTensors;
    const way = await learner.samplePath(experiment, 300, 12);
    expect(tf.memory().numTensors).toBe(before);
    expect(way.ratios.length).toBeLessThanOrEqual(12);
    expect(way.ratios.at(-1)).toBe(0);
    await learner.beginGeneration(experiment, 300, null);
    const { samples } = await learner.generate(1e4);
    statesAt(way, 0).forEach((value, i) => {
      const there = scale.mean[i % 2] + scale.deviation[i % 2] * value;
      expect(Math.abs(there - samples.values[i])).toBeLessThan(1e-4);
    });
  },
);

test('the field at given states is that of the grid', async () => {
  const { experiment, learner } = await trained(QUERY);
  const { points, vectors } = await learner.denoisingField(experiment, 0.4, 5);
  const found = await learner.displacements(points, 0.4);
  expect(found).toEqual(vectors);
});

test('the exact way needs no network; its field is that of the grid', async () => {
  const { experiment } = parseQuery(QUERY, families);
  const reference = new Reference(families);
  const scale = { mean: [0.1, 0.5], deviation: [0.9, 0.6] };
  const way = await reference.samplePath(experiment, scale, 200, 100);
  const { values } = await reference.generate(experiment, scale, 200);
  statesAt(way, 0).forEach((value, i) => {
    expect(scale.mean[i % 2] + scale.deviation[i % 2] * value).toBeCloseTo(values[i], 4);
  });
  const { points, vectors, density } = await reference.denoisingField(experiment, 0.4, scale, 7);
  const found = await reference.displacements(experiment, points, 0.4, scale);
  const top = Math.max(...density.values);
  found.values.forEach((value, i) => {
    // The table of the denoiser is interpolated.
    if (density.values[Math.floor(i / 2)] > 1e-3 * top)
      expect(Math.abs(value - vectors.values[i])).toBeLessThan(2e-3);
  });
});

test('the density of noised states is that of the field, seen shrunk where the schedule shrinks', async () => {
  const { experiment } = parseQuery(QUERY, families);
  const reference = new Reference(families);
  const scale = { mean: [0.1, 0.5], deviation: [0.9, 0.6] };
  const window = [
    [-4, 4],
    [-3, 5],
  ] as const;
  const grid = await reference.noisedDensity(experiment, { ratio: 2, alpha: 0.4 }, scale, window, 61);
  // A distribution of variance alpha^2 (v + ratio^2 s^2), up to what the window cuts off.
  const total = grid.values.reduce((a, b) => a + b, 0);
  const mean = grid.values.reduce((sum, p, k) => sum + (p * grid.xs[k % 61]) / total, 0);
  const variance = grid.values.reduce((sum, p, k) => sum + (p * (grid.xs[k % 61] - mean) ** 2) / total, 0);
  const clean = await reference.mean(experiment, 'x^2');
  const first = await reference.mean(experiment, 'x');
  expect(mean).toBeCloseTo(0.1 + 0.4 * (first - 0.1), 2);
  expect(variance / (0.16 * (clean - first ** 2 + 4 * 0.81))).toBeCloseTo(1, 2);
});
