import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import generator from '../core/generative/generators/probability-flow.generator.ts';
import edm from '../core/generative/schedules/edm.schedule.ts';
import { RandomStream } from '../core/numerics/random.ts';
import { defaultsOf } from '../core/params/params.ts';
import { drawBuffer, fillNormals, fillUniforms } from './draws.ts';
import type { TrainingSet } from './examples.ts';
import { Generation } from './generation.ts';
import { networkHost } from './hosts.ts';
import { flatSampler, plainSampler } from './minibatch.ts';
import { Training, type TrainingSettings } from './training.ts';

const settings: TrainingSettings = {
  seed: 1,
  kind: 'mlp',
  activation: 'silu',
  features: 'log-sigma',
  width: 16,
  depth: 2,
  steps: 200,
  batch: 64,
  learningRate: 5e-3,
  objective: 'denoising',
};
const path = edm.path(defaultsOf(edm.params));
const read = (tensor: tf.Tensor) => tensor.data<'float32'>();

/** Standard deviation 1, in two clusters at (1, 1) and (-1, -1), each 0.3 wide. */
function clusters(conditional: boolean): TrainingSet {
  const count = 2000;
  const normals = drawBuffer(2 * count);
  const uniforms = drawBuffer(count);
  fillNormals(new RandomStream(2, 'test normals'), 0, normals);
  fillUniforms(new RandomStream(2, 'test uniforms'), 0, uniforms);
  const states = Float32Array.from(
    normals,
    (z, i) => (uniforms[Math.floor(i / 2)] < 0.5 ? -0.95 : 0.95) + 0.3 * z,
  );
  const cv = conditional ? states.filter((_, i) => i % 2 === 0) : null;
  return {
    dimension: 2,
    states,
    conditions: cv ? [cv] : [],
    dropCondition: 0,
    sampler: cv ? flatSampler(cv) : plainSampler(count),
    path,
    weighting: 'edm',
  };
}

async function finish(training: Training, budgetMs: number): Promise<number[]> {
  const losses: number[] = [];
  while (!training.done) losses.push(...(await training.advance(budgetMs)).losses);
  return losses;
}

async function generated(training: Training, cv: number | null, count: number, budgetMs: number) {
  const asked = { condition: cv === null ? [] : [cv] };
  const generation = new Generation(
    networkHost(training.parameters, training.architecture, { asked }, read),
    { seed: 4, count, generator, params: defaultsOf(generator.params), path },
  );
  const values: number[] = [];
  while (!generation.done) values.push(...(await generation.advance(budgetMs)));
  generation.dispose();
  return values;
}

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('training', () => {
  test('lowers the loss, takes every step once and leaks no tensor', async () => {
    const before = tf.memory().numTensors;
    const training = new Training(clusters(false), settings, read);
    const losses = [...(await training.advance(1)).losses];
    const alive = tf.memory().numTensors;
    losses.push(...(await finish(training, 20)));
    expect(losses).toHaveLength(200);
    const mean = (part: number[]) => part.reduce((a, b) => a + b) / part.length;
    expect(mean(losses.slice(0, 20))).toBeGreaterThan(0.7);
    expect(mean(losses.slice(-50))).toBeLessThan(0.93 * mean(losses.slice(0, 20)));
    expect(tf.memory().numTensors).toBe(alive);
    training.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('does not depend on how it is cut into pieces', async () => {
    const few = { ...settings, steps: 30 };
    const [whole, pieces] = [0, 1].map(() => new Training(clusters(true), few, read));
    const a = await finish(whole, 10_000);
    const b = await finish(pieces, 0);
    expect(b).toEqual(a);
    expect([...pieces.parameters.dataSync()]).toEqual([...whole.parameters.dataSync()]);
    const other = await finish(new Training(clusters(true), { ...few, seed: 2 }, read), 10_000);
    expect(other).not.toEqual(a);
  });

  test('a minimal network of one hidden layer and one step works', async () => {
    const training = new Training(clusters(true), { ...settings, width: 2, depth: 1, steps: 1 }, read);
    expect(await finish(training, 10)).toHaveLength(1);
  });

  test.each([
    ['at once', 1e12, 0],
    ['at once, many steps at a time', 1e4, 1000],
    ['later', 30, 0],
  ])(
    'stops when it breaks down %s, says so and keeps good weights',
    async (_when, learningRate, budgetMs) => {
      const training = new Training(clusters(false), { ...settings, learningRate }, read);
      await finish(training, budgetMs);
      expect(training.divergence).toMatchObject({ id: 'training-diverged', values: { learningRate } });
      expect(training.step).toBeLessThan(200);
      expect((await generated(training, null, 100, 0)).every(Number.isFinite)).toBe(true);
      expect((await training.advance(5)).losses).toHaveLength(0);
    },
  );

  test('a read that fails rejects and frees what it read', async () => {
    let fail = false;
    const training = new Training(clusters(false), settings, (tensor) =>
      fail ? Promise.reject(new Error('device lost')) : read(tensor),
    );
    await training.advance(0);
    const alive = tf.memory().numTensors;
    fail = true;
    await expect(training.advance(0)).rejects.toThrow('device lost');
    expect(tf.memory().numTensors).toBe(alive);
  });
});

describe('generation', () => {
  test('finds both clusters, whatever the chunks, and leaks no tensor', async () => {
    const training = new Training(clusters(false), settings, read);
    await finish(training, 1000);
    const alive = tf.memory().numTensors;
    const values = await generated(training, null, 1200, 1e6);
    expect(tf.memory().numTensors).toBe(alive);
    expect(values).toHaveLength(2400);
    const x = values.filter((_, i) => i % 2 === 0);
    const right = x.filter((v) => v > 0).length / x.length;
    expect(right).toBeGreaterThan(0.4);
    expect(right).toBeLessThan(0.6);
    const near = values.filter((v) => Math.abs(Math.abs(v) - 0.95) < 0.9).length / values.length;
    expect(near).toBeGreaterThan(0.9);
    expect(await generated(training, null, 1200, 0)).toEqual(values);
  });

  test('a conditional model follows the slow variable', async () => {
    const training = new Training(clusters(true), { ...settings, width: 24 }, read);
    await finish(training, 1000);
    for (const cv of [-1, 1]) {
      const values = await generated(training, cv, 300, 1e6);
      const mean = values.filter((_, i) => i % 2 === 1).reduce((a, b) => a + b) / 300;
      expect(Math.abs(mean - 0.95 * cv)).toBeLessThan(0.2);
    }
  });
});
