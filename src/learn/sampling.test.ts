import * as tf from '@tensorflow/tfjs';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { families } from '../catalog.ts';
import { trainingData } from '../core/datasets/training-data.ts';
import { Reference } from '../core/exact/reference.ts';
import { arrayGuide, guidedDenoiser } from '../core/generative/conditioning/guidance.ts';
import { Level, requestedOf, valuesOf } from '../core/generative/conditioning/level.ts';
import { conditionalDistance } from '../core/metrics/comparison.ts';
import { parseQuery } from '../core/settings/query.ts';
import { settingOf } from '../core/systems/model.ts';
import { Learner } from './learner.ts';
import { tensorGuide } from './tensor-guide.ts';

const SMALL = 'data.n=4000&network.width=8&network.depth=1&train.steps=5&train.batch=32';
const experimentOf = (text: string) => parseQuery(`#/condition?${SMALL}&${text}`, families).experiment;

let learner: Learner;
beforeAll(async () => {
  await tf.setBackend('cpu');
});
beforeEach(() => {
  learner = new Learner(families, trainingData);
});

async function samples(text: string, count: number, at: number | null, steps = 0) {
  const experiment = experimentOf(text);
  await learner.start(experiment, 'cpu');
  for (let step = 0; step < steps; step++) await learner.train(0, 1);
  await learner.beginGeneration(experiment, count, at);
  const values: number[] = [];
  for (;;) {
    const frame = await learner.generate(50);
    values.push(...frame.samples.values);
    if (frame.done)
      return {
        experiment,
        points: { dimension: 2, values: Float32Array.from(values) },
        evaluations: frame.networkEvaluations,
      };
  }
}

describe('conditioning any slow variable, without a network', () => {
  test.each([
    ['condition.by=neighbours&condition.neighbours=200', 0.16],
    ['condition.by=kernel&condition.bandwidth=0.2', 0.16],
    ['denoiser=exact', 0.05],
  ])('%s follows the conditional distribution on a bent level set', async (way, most) => {
    const at = -1;
    const { experiment, points, evaluations } = await samples(`system=half-moon&cv=slow&${way}`, 1000, at);
    expect(points.values).toHaveLength(2000);
    expect(evaluations).toBe(0);
    const distribution = await new Reference(families).conditional(experiment, at);
    const d = distribution.coordinate === 'y1' ? 0 : 1;
    expect(conditionalDistance(points, d, distribution)).toBeLessThan(
      most * Math.sqrt(distribution.variance),
    );
    const { model, cv } = settingOf(experiment, families);
    for (const value of valuesOf(model, cv.value, points)) expect(Math.abs(value - at)).toBeLessThan(0.25);
  });

  test('two values at once, by neighbours and by a kernel', async () => {
    for (const way of ['neighbours&condition.neighbours=30', 'kernel&condition.bandwidth=0.4']) {
      const { points } = await samples(
        `system=half-moon&cv=slow&also=y2&alsoAt=0.5&condition.by=${way}`,
        100,
        1,
      );
      for (let n = 0; n < 100; n++) {
        const [y1, y2] = points.values.subarray(2 * n, 2 * n + 2);
        expect(Math.abs(y1 - y2 ** 2 - 1)).toBeLessThan(0.45);
        expect(Math.abs(y2 - 0.5)).toBeLessThan(0.35);
      }
    }
  });

  test('the whole distribution by the exact denoiser', async () => {
    const experiment = { ...experimentOf('system=half-moon&denoiser=exact'), station: 'learn' as const };
    await learner.start(experiment, 'cpu');
    await learner.beginGeneration(experiment, 400, null);
    let frame = await learner.generate(1e5);
    const all = [...frame.samples.values];
    while (!frame.done) {
      frame = await learner.generate(1e5);
      all.push(...frame.samples.values);
    }
    expect(all).toHaveLength(800);
    expect(frame.networkEvaluations).toBe(0);
    const mean = all.filter((_, i) => i % 2 === 1).reduce((a, b) => a + b) / 400;
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(0.5 / 400));
  });
});

describe('networks', () => {
  test('two conditions at once are told to the network', async () => {
    const { points, evaluations } = await samples('also=y&alsoAt=0.3', 50, 0.5, 5);
    expect(points.values.every(Number.isFinite)).toBe(true);
    // One chunk, whatever its size.
    expect(evaluations % 35).toBe(0);
    expect(evaluations).toBeGreaterThanOrEqual(50 * 35);
  });

  test('guidance costs three evaluations each time and comes to the asked value', async () => {
    const { experiment, points, evaluations } = await samples(
      'system=half-moon&cv=slow&condition.by=guidance',
      100,
      0.3,
      5,
    );
    expect(evaluations % (3 * 35 * 50)).toBe(0);
    expect(evaluations).toBeGreaterThanOrEqual(3 * 100 * 35);
    expect(evaluations).toBeLessThanOrEqual(3 * 500 * 35);
    const { model, cv } = settingOf(experiment, families);
    const misses = valuesOf(model, cv.value, points).map((v) => Math.abs(v - 0.3));
    expect(misses.sort()[90]).toBeLessThan(0.1);
  });

  test('guidance takes two values, at five evaluations each time', async () => {
    const { experiment, points, evaluations } = await samples(
      'also=y&alsoAt=0.3&condition.by=guidance',
      100,
      -1,
      5,
    );
    expect(evaluations % (5 * 35 * 50)).toBe(0);
    const { model } = settingOf(experiment, families);
    for (const [text, at] of [
      ['x', -1],
      ['y', 0.3],
    ] as const) {
      const misses = valuesOf(model, text, points).map((v) => Math.abs(v - at));
      expect(misses.sort()[90]).toBeLessThan(0.1);
    }
  });

  test('the exact denoiser takes two values: the states are where both levels cross', async () => {
    const { points } = await samples('system=half-moon&cv=slow&also=y1&alsoAt=1.2&denoiser=exact', 200, 0.2);
    const sides = [-1, 1].map((y2) => {
      const here = [...points.values].filter((v, i) => i % 2 === 1 && Math.abs(v - y2) < 0.02);
      return here.length;
    });
    expect(sides[0] + sides[1]).toBeGreaterThan(195);
    expect(Math.min(...sides)).toBeGreaterThan(0);
  });
});

test('guidance on tensors is that on arrays, along a ring and by two values too', () => {
  for (const text of [
    'system=half-moon&cv=slow',
    'system=ring',
    'system=half-moon&cv=slow&also=y2&alsoAt=0.1',
  ]) {
    const experiment = experimentOf(text);
    const { model } = settingOf(experiment, families);
    const scale = { mean: [0.3, -0.2], deviation: [1.2, 0.7] };
    const asked = requestedOf(experiment, model, 0.4);
    const rows = Float64Array.of(0.5, 0.2, -1, 0.7, 1.4, -0.9);
    const half = guidedDenoiser(
      (y: Float64Array) => y.map((v) => v / 2),
      arrayGuide(asked.map((one) => new Level(model, one, scale))),
      0.7,
    )(rows, 1);
    tf.tidy(() => {
      const denoiser = guidedDenoiser(
        (y: tf.Tensor2D) => tf.mul(y, 0.5) as tf.Tensor2D,
        tensorGuide(model, asked, scale),
        0.7,
      );
      denoiser(tf.tensor2d([...rows], [3, 2]), 1)
        .dataSync()
        .forEach((v, i) => {
          expect(Math.abs(v - half[i])).toBeLessThan(1e-4);
        });
    });
  }
});
