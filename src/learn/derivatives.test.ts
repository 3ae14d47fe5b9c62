import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  CASES,
  exponentialError,
  gradientMismatch,
  networkSecondError,
  normals,
  secondDerivativeError,
  smallNetwork,
  someExamples,
} from '../../checks/derivatives.ts';
import { ACTIVATIONS } from './activations.ts';
import { architectureOf, parameterCount } from './architecture.ts';
import { networkDenoiser } from './denoiser.ts';
import { answer, layersOf } from './network.ts';
import { lossOf } from './objectives.ts';

describe.each(['cpu', 'wasm'])('on the backend %s', (backend) => {
  beforeAll(async () => {
    setWasmPaths(
      fileURLToPath(new URL('../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url)),
    );
    expect(await tf.setBackend(backend)).toBe(true);
  });

  test.each(CASES)('gradient of the loss: $kind, $activation, $objective', async (which) => {
    const before = tf.memory().numTensors;
    expect(await gradientMismatch(which)).toBeLessThan(1e-3);
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each(ACTIVATIONS)('second derivatives: %s', async (activation) => {
    expect(await secondDerivativeError(activation)).toBeLessThan(1e-5);
    expect(await networkSecondError(activation)).toBeLessThan(1e-3);
  });

  test('second derivative of the exponential', async () => {
    expect(await exponentialError()).toBeLessThan(1e-5);
  });
});

describe('what the formulas mean', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  /** dD_0/dx_1 - dD_1/dx_0 by central differences, largest over some states. */
  function curl(kind: 'mlp' | 'energy'): number {
    const settings = { kind, activation: 'silu', features: 'fourier', width: 8, depth: 2 } as const;
    const architecture = architectureOf(settings, 2, { conditions: 1, nullable: false });
    const parameters = tf.tensor1d(normals(parameterCount(architecture), 'weights', 0.5));
    const denoiser = networkDenoiser(parameters, architecture, { condition: [0.3] });
    const states = normals(20, 'states');
    const h = 0.05;
    const at = (axis: number, by: number) =>
      denoiser(
        tf.tensor2d(
          states.map((v, i) => (i % 2 === axis ? v + by : v)),
          [10, 2],
        ),
        0.7,
      ).dataSync();
    const [dx0, dx1] = [0, 1].map((axis) => {
      const [a, b, c, d] = [h, -h, 2 * h, -2 * h].map((by) => at(axis, by));
      return a.map((_, i) => (8 * (a[i] - b[i]) - (c[i] - d[i])) / (12 * h));
    });
    const curls = Array.from({ length: 10 }, (_, row) => Math.abs(dx1[2 * row] - dx0[2 * row + 1]));
    return Math.max(...curls);
  }

  test('the score of an energy network has no curl, that of a vector network has', () => {
    expect(curl('energy')).toBeLessThan(2e-4);
    expect(curl('mlp')).toBeGreaterThan(0.02);
  });

  test('an energy network answers the gradient of its number', () => {
    const architecture = smallNetwork('energy', 'tanh');
    const parameters = tf.tensor1d(normals(parameterCount(architecture), 'weights', 0.5));
    const inputs = tf.tensor2d(someExamples(architecture).inputs, [16, architecture.inputs]);
    const layers = layersOf(parameters, architecture);
    const vector = { ...architecture, kind: 'mlp', outputs: 1 } as const;
    const number = (x: tf.Tensor) => tf.sum(answer(layers, vector, x as tf.Tensor2D));
    const byTape = tf.slice2d(tf.grad(number)(inputs) as tf.Tensor2D, [0, 0], [16, 2]).dataSync();
    answer(layers, architecture, inputs)
      .dataSync()
      .forEach((value, i) => {
        expect(value).toBeCloseTo(byTape[i], 5);
      });
  });

  test('implicit and sliced losses have the expectation of the denoising loss', () => {
    const architecture = { ...smallNetwork('mlp', 'tanh') };
    const parameters = tf.tensor1d(normals(parameterCount(architecture), 'weights', 0.3));
    const [rows, batches, ratio] = [500, 60, 0.8];
    const differences = { implicit: [] as number[], sliced: [] as number[] };
    for (let n = 0; n < batches; n++) {
      // Clean states of two values, so that their mean is 0, their variance 1 and the noised density is no Gaussian.
      const clean = normals(2 * rows, `clean ${n}`).map((z) => (z < 0 ? -1 : 1));
      const noisy = normals(2 * rows, `noise ${n}`).map((z, i) => clean[i] + ratio * z);
      const total = Math.hypot(1, ratio);
      const inputs = Float32Array.from({ length: 3 * rows }, (_, i) =>
        i % 3 === 2 ? Math.log(ratio) / 4 : noisy[2 * Math.floor(i / 3) + (i % 3)] / total,
      );
      const examples = {
        inputs,
        targets: clean.map((x, i) => (x - noisy[i] / total ** 2) / (ratio / total)),
        weights: null,
        ratios: new Float32Array(rows).fill(ratio),
        slices: normals(2 * rows, `slices ${n}`).map((z) => (z < 0 ? -1 : 1)),
      };
      const loss = (objective: 'denoising' | 'implicit' | 'sliced') =>
        tf.tidy(() => lossOf(parameters, architecture, objective, examples).dataSync()[0]);
      for (const objective of ['implicit', 'sliced'] as const)
        differences[objective].push(loss(objective) - loss('denoising'));
    }
    for (const values of Object.values(differences)) {
      const mean = values.reduce((a, b) => a + b) / batches;
      const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (batches - 1);
      const error = Math.sqrt(variance / batches);
      expect(error).toBeLessThan(0.03);
      expect(Math.abs(mean) / error).toBeLessThan(4);
    }
  });
});
