import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { beforeAll, expect, test } from 'vitest';
import { families } from '../catalog.ts';
import { levelsOf } from '../core/coupling/model.ts';
import { Draws } from '../core/numerics/draws.ts';
import { normalQuantile } from '../core/numerics/normal.ts';
import { RandomStream } from '../core/numerics/random.ts';
import { CouplingTrainer } from './coupling-trainer.ts';

beforeAll(async () => {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths(
    fileURLToPath(new URL('../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url)),
  );
  expect(await tf.setBackend('wasm')).toBe(true);
});

const scale = { cv: { mean: 1, deviation: 0.6 }, rests: [{ mean: 2, deviation: 1.5 }] };
const path = families.schedules.edm.path({ logMean: -1, logDeviation: 1.4 });
/** Mean and deviation of the rest at a cv between 0 and 2. */
const meanAt = (z: number) => 2 + Math.sin(2 * z);
const DEVIATION = 0.5;

function pairs(count: number) {
  const draws = new Draws(new RandomStream(1, 'pairs'));
  const cv = Float64Array.from({ length: count }, () => 2 * draws.next());
  return { cv, rest: cv.map((z) => meanAt(z) + DEVIATION * normalQuantile(draws.next())) };
}

test('the network of the coupled loop learns quantiles, goes on from where it was and leaves no tensors', async () => {
  const before = tf.memory().numTensors;
  const trainer = new CouplingTrainer(scale, 5, path);
  const data = pairs(4000);
  const nodes = Float64Array.of(0.4, 1, 1.6);
  const levels = levelsOf(40);
  const errorNow = async () => {
    const quantiles = await trainer.quantiles(nodes, levels);
    let sum = 0;
    quantiles.forEach((value, i) => {
      const z = nodes[Math.floor(i / levels.length)];
      sum += Math.abs(value - meanAt(z) - DEVIATION * normalQuantile(levels[i % levels.length]));
    });
    return sum / quantiles.length;
  };
  for await (const _ of trainer.train(data, 150));
  const first = await errorNow();
  for await (const _ of trainer.train(data, 150));
  const second = await errorNow();
  // Wasserstein-1 distances from the distribution, of standard deviation 0.5.
  expect(first).toBeLessThan(0.2);
  expect(second).toBeLessThan(Math.min(0.1, first));
  expect(trainer.networkEvaluations).toBe(300 * 256 + 2 * 23 * nodes.length * levels.length);
  trainer.dispose();
  expect(tf.memory().numTensors).toBe(before);
  await expect(trainer.quantiles(nodes, levels)).rejects.toThrow(/not trained/);
});

test('of two coordinates the network learns the denoiser, and gives it away as it is', async () => {
  const before = tf.memory().numTensors;
  const unit = { mean: 0, deviation: 1 };
  const trainer = new CouplingTrainer({ cv: unit, rests: [unit, unit] }, 5, path);
  // y1 = cv + n1 / 2, y2 = y1 - cv + n2 / 2: given the cv the mean is (cv, 0), the covariance (1, 1; 1, 2) / 4.
  const draws = new Draws(new RandomStream(1, 'pairs'));
  const cv = Float64Array.from({ length: 4000 }, () => 2 * draws.next() - 1);
  const rest = new Float64Array(8000);
  cv.forEach((z, n) => {
    rest[2 * n] = z + normalQuantile(draws.next()) / 2;
    rest[2 * n + 1] = rest[2 * n] - z + normalQuantile(draws.next()) / 2;
  });
  for await (const _ of trainer.train({ cv, rest }, 300));
  const denoiser = trainer.denoiser();
  const sigma = 0.5;
  const at = { noisy: Float64Array.of(0.8, 0.6, -0.2, -0.7), cv: Float64Array.of(0.2, -0.4) };
  const ask = () => denoiser(at.noisy, Float64Array.of(sigma, sigma), at.cv);
  const answers = await ask();
  // mean + C (C + sigma^2)^-1 (y - mean) with C = (1, 1; 1, 2) / 4 and sigma^2 = 1/4: the product is (2, 1; 1, 3) / 5.
  at.cv.forEach((z, row) => {
    const [a, b] = [at.noisy[2 * row] - z, at.noisy[2 * row + 1]];
    expect(Math.abs(answers[2 * row] - (z + (2 * a + b) / 5))).toBeLessThan(0.12);
    expect(Math.abs(answers[2 * row + 1] - (a + 3 * b) / 5)).toBeLessThan(0.12);
  });
  for await (const _ of trainer.train({ cv, rest }, 20));
  expect(await ask()).toEqual(answers);
  expect(await trainer.denoiser()(at.noisy, Float64Array.of(sigma, sigma), at.cv)).not.toEqual(answers);
  trainer.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
