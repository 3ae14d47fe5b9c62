/** The implicit objective against its definition, |s|^2 + 2 div s, with the score and its divergence taken from the denoiser. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '../core/numerics/random.ts';
import { type Architecture, architectureOf, parameterCount } from './architecture.ts';
import { networkDenoiser, UNCONDITIONAL } from './denoiser.ts';
import { drawBuffer, fillNormals } from './draws.ts';
import { lossAndGradient, lossOf } from './objectives.ts';
import { preconditioning } from './preconditioning.ts';

const ROWS = 8;
const RATIO = 0.6;

function normals(count: number, purpose: string): number[] {
  const buffer = drawBuffer(count);
  fillNormals(new RandomStream(8, purpose), 0, buffer);
  return [...buffer.subarray(0, count)];
}

const settings = { kind: 'mlp', activation: 'tanh', features: 'log-sigma', width: 6, depth: 2 } as const;
const architecture = architectureOf(settings, 2, { conditions: 0, nullable: false });
const count = parameterCount(architecture);
const noisy = normals(2 * ROWS, 'noisy');

const examples = {
  inputs: Float32Array.from({ length: 3 * ROWS }, (_, i) =>
    i % 3 === 2
      ? preconditioning(RATIO).cNoise
      : preconditioning(RATIO).cIn * noisy[2 * Math.floor(i / 3) + (i % 3)],
  ),
  targets: new Float32Array(2 * ROWS),
  weights: null,
  ratios: new Float32Array(ROWS).fill(RATIO),
  slices: null,
};

/** Mean over the states of (|s|^2 + 2 div s) (ratio^2 / cOut)^2 / 2, s = (D(y) - y) / ratio^2, div s by differences. */
function byDefinition(parameters: readonly number[], of: Architecture): number {
  const denoiser = networkDenoiser(tf.tensor1d([...parameters]), of, UNCONDITIONAL);
  const score = (y: readonly number[]) =>
    [...denoiser(tf.tensor2d([...y], [ROWS, 2]), RATIO).dataSync()].map((d, i) => (d - y[i]) / RATIO ** 2);
  const h = 0.02;
  const moved = (axis: number, by: number) => score(noisy.map((v, i) => (i % 2 === axis ? v + by : v)));
  const divergence = new Array<number>(ROWS).fill(0);
  for (const axis of [0, 1]) {
    const [a, b, c, d] = [h, -h, 2 * h, -2 * h].map((by) => moved(axis, by));
    for (let n = 0; n < ROWS; n++) {
      const i = 2 * n + axis;
      divergence[n] += (8 * (a[i] - b[i]) - (c[i] - d[i])) / (12 * h);
    }
  }
  const square = score(noisy).reduce((sum, v) => sum + v * v, 0);
  const total = square + 2 * divergence.reduce((a, b) => a + b, 0);
  return (total / ROWS) * ((RATIO ** 2 / preconditioning(RATIO).cOut) ** 2 / 2);
}

describe('the implicit objective', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  test('is |s|^2 + 2 div s, but for what no network changes', () => {
    const difference = ['one', 'other'].map((name) => {
      const parameters = normals(count, name);
      const loss = tf.tidy(
        () => lossOf(tf.tensor1d(parameters), architecture, 'implicit', examples).dataSync()[0],
      );
      return tf.tidy(() => loss - byDefinition(parameters, architecture));
    });
    expect(Math.abs(difference[0] - difference[1])).toBeLessThan(2e-3);
  });

  test('has the gradient of that, by differences along directions of parameter space', () => {
    const parameters = normals(count, 'one');
    const gradient = tf.tidy(() => [
      ...lossAndGradient(tf.tensor1d(parameters), architecture, 'implicit', examples).gradient.dataSync(),
    ]);
    for (const name of ['first', 'second', 'third']) {
      const raw = normals(count, name);
      const direction = raw.map((v) => v / Math.hypot(...raw));
      const h = 0.03;
      const at = (by: number) =>
        tf.tidy(() =>
          byDefinition(
            parameters.map((v, i) => v + by * direction[i]),
            architecture,
          ),
        );
      const difference = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
      const slope = direction.reduce((sum, v, i) => sum + v * gradient[i], 0);
      expect(Math.abs(difference - slope)).toBeLessThan(0.01 * Math.hypot(...gradient));
    }
  });
});
