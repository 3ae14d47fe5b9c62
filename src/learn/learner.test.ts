import * as tf from '@tensorflow/tfjs';
import { beforeEach, describe, expect, test } from 'vitest';
import { families } from '../catalog.ts';
import { trainingData } from '../core/datasets/training-data.ts';
import { linspace } from '../core/numerics/results.ts';
import type { Experiment } from '../core/params/experiment.ts';
import { DEFAULT_CHOICES, defaultExperiment } from '../core/settings/settings.ts';
import { systemOf } from '../core/systems/model.ts';
import { Learner } from './learner.ts';

const small = {
  'data.n': 1000,
  'network.width': 16,
  'network.depth': 2,
  'train.steps': 60,
  'train.batch': 64,
  samples: 700,
};
const base = { ...defaultExperiment(families, DEFAULT_CHOICES), ...small } as Experiment;
const learn: Experiment = { ...base, station: 'learn' };
const condition: Experiment = { ...base, station: 'condition', at: [-1] };

let learner: Learner;
beforeEach(() => {
  learner = new Learner(families, trainingData);
});

async function trained(experiment: Experiment) {
  const info = await learner.start(experiment, 'cpu');
  let frame = await learner.train(50);
  while (!frame.done) frame = await learner.train(50);
  return { info, frame };
}

async function samplesOf(experiment: Experiment, count: number, at: number | null): Promise<number[]> {
  await learner.beginGeneration(experiment, count, at);
  const all: number[] = [];
  for (let done = false; !done; ) {
    const frame = await learner.generate(50);
    all.push(...frame.samples.values);
    done = frame.done;
    expect(frame.generated).toBe(all.length / 2);
  }
  return all;
}

describe('the learner', () => {
  test('describes data and backend', async () => {
    const { info, frame } = await trained(learn);
    expect(info.backend).toBe('cpu');
    expect(info.probes).toEqual([{ id: 'cpu', milliseconds: expect.any(Number), problem: null }]);
    expect(info.dataCount).toBe(1000);
    expect(info.data.values).toHaveLength(2000);
    expect(info.scale.mean).toHaveLength(2);
    expect(info.cvRange[0]).toBeLessThan(-1);
    expect(frame.step).toBe(60);
    expect(frame.networkEvaluations).toBe(60 * 64);
    expect(frame.divergence).toBeNull();
  });

  test('generates states in the units of the coordinates', async () => {
    await trained(learn);
    const samples = await samplesOf(learn, 700, null);
    expect(samples).toHaveLength(1400);
    expect(samples.every(Number.isFinite)).toBe(true);
    expect(samples.filter((v) => Math.abs(v) < 4).length).toBeGreaterThan(1300);
  });

  test('the same experiment gives the same samples, another seed others', async () => {
    await trained(condition);
    const first = await samplesOf(condition, 100, -1);
    await trained(condition);
    expect(await samplesOf(condition, 100, -1)).toEqual(first);
    await trained({ ...condition, seed: 9 });
    expect(await samplesOf(condition, 100, -1)).not.toEqual(first);
  });

  test('a new generation replaces the one before', async () => {
    await trained(condition);
    await learner.beginGeneration(condition, 5000, 1);
    await learner.generate(1);
    const after = await samplesOf(condition, 100, -1);
    expect(after).toHaveLength(200);
    expect(after.filter((_, i) => i % 2 === 0).reduce((a, b) => a + b) / 100).toBeLessThan(0);
  });

  test('draws the field on the nodes of the grid, row after row', async () => {
    await trained(learn);
    const n = 5;
    const { points, vectors } = await learner.denoisingField(learn, 0.3, n);
    const [[x0, x1], [y0, y1]] = systemOf(learn, families).domain;
    const [xs, ys] = [linspace(x0, x1, n), linspace(y0, y1, n)];
    for (const [i, j] of [
      [0, 0],
      [4, 0],
      [2, 3],
    ]) {
      expect(points.values[2 * (j * n + i)]).toBeCloseTo(xs[i], 5);
      expect(points.values[2 * (j * n + i) + 1]).toBeCloseTo(ys[j], 5);
    }
    expect(vectors.values).toHaveLength(2 * n * n);
    // Far outside, denoising leads back to the data.
    expect(vectors.values[0]).toBeGreaterThan(0);
    expect(vectors.values[2 * (n * n - 1)]).toBeLessThan(0);
  });

  test('states a likelihood that is normalised in the units of the coordinates', async () => {
    await trained(learn);
    const spacing = 0.4;
    const side = linspace(-4, 4, 21);
    const values = Float32Array.from([...side].flatMap((y) => [...side].flatMap((x) => [x, y])));
    const { logDensity } = await learner.logLikelihood(learn, { dimension: 2, values }, null);
    const mass = logDensity.reduce((sum, value) => sum + Math.exp(value), 0) * spacing ** 2;
    expect(Math.abs(mass - 1)).toBeLessThan(0.01);
    await expect(learner.logLikelihood(learn, { dimension: 2, values }, 0.5)).rejects.toThrow(
      'model-unconditional',
    );
  });

  test('starts again without leaking a tensor', async () => {
    await trained(condition);
    const alive = tf.memory().numTensors;
    await learner.beginGeneration(condition, 1000, 1);
    await trained(condition);
    expect(tf.memory().numTensors).toBe(alive);
  });

  test('calls wait for the one under way', async () => {
    await learner.start(learn, 'cpu');
    const frames = await Promise.all([learner.train(1), learner.train(1), learner.train(1)]);
    expect(frames[2].step).toBeGreaterThan(frames[1].step);
    expect(frames[1].step).toBeGreaterThan(frames[0].step);
  });

  test('refuses what makes no sense', async () => {
    await expect(learner.train(1)).rejects.toThrow('no model started');
    await learner.start(learn, 'cpu');
    await expect(learner.generate(1)).rejects.toThrow('no generation begun');
    await expect(learner.beginGeneration(learn, 10, 0.5)).rejects.toThrow('model-unconditional');
    await learner.start(condition, 'cpu');
    await expect(learner.beginGeneration(condition, 10, null)).rejects.toThrow('condition-needed');
    await expect(learner.start(learn, 'webgpu')).rejects.toThrow('no-webgpu');
  });
});
