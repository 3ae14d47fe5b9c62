/** Training that has learned nothing is told from training that learns. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import edm from '../core/generative/schedules/edm.schedule.ts';
import { stalled } from '../core/generative/stalled.ts';
import { RandomStream } from '../core/numerics/random.ts';
import { defaultsOf } from '../core/params/params.ts';
import { drawBuffer, fillNormals } from './draws.ts';
import { plainSampler } from './minibatch.ts';
import { Training } from './training.ts';

const COUNT = 2000;

/** Losses of 400 steps on two clusters, or on normal data. */
async function losses(learningRate: number, apart: number): Promise<Float32Array> {
  const normals = drawBuffer(2 * COUNT);
  fillNormals(new RandomStream(2, 'test normals'), 0, normals);
  const width = Math.sqrt(1 - apart * apart);
  const states = Float32Array.from(normals, (z, i) => (Math.floor(i / 2) % 2 ? apart : -apart) + width * z);
  const training = new Training(
    {
      dimension: 2,
      states,
      conditions: [],
      dropCondition: 0,
      sampler: plainSampler(COUNT),
      path: edm.path(defaultsOf(edm.params)),
      weighting: 'edm',
    },
    {
      seed: 1,
      kind: 'mlp',
      activation: 'silu',
      features: 'log-sigma',
      width: 16,
      depth: 3,
      steps: 2000,
      batch: 64,
      learningRate,
      objective: 'denoising',
    },
    (tensor) => tensor.data<'float32'>(),
  );
  const all: number[] = [];
  while (all.length < 400) all.push(...(await training.advance(100, 400 - all.length)).losses);
  training.dispose();
  return Float32Array.from(all);
}

beforeAll(async () => {
  await tf.setBackend('cpu');
});

test('a rate that is far too large stands still, the usual one does not', async () => {
  expect(stalled(await losses(0.5, 0.95))).toBe(true);
  const learned = await losses(1e-2, 0.95);
  expect(stalled(learned)).toBe(false);
  expect(stalled(learned.subarray(0, 399)), 'too early').toBe(false);
});

test('of normal data there is nothing to learn beyond the answer zero', async () => {
  expect(stalled(await losses(1e-2, 0))).toBe(true);
});
