import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { RandomStream } from '../core/random.ts';
import { networkDenoiser, tensorAlgebra } from './denoiser.ts';
import { drawBuffer, fillNormals } from './draws.ts';
import { inputCount, sharedInputs } from './examples.ts';
import { type Architecture, forward, initialParameters, layersOf, parameterCount } from './network.ts';

const architecture: Architecture = { inputs: 4, outputs: 2, width: 6, depth: 2 };

function normals(count: number, purpose: string): Float32Array {
  const buffer = drawBuffer(count);
  fillNormals(new RandomStream(3, purpose), 0, buffer);
  return Float32Array.from(buffer.subarray(0, count));
}

/** The network in double precision, from the definition. */
function byHand(parameters: ArrayLike<number>, x: readonly number[]): number[] {
  let [h, offset] = [[...x], 0];
  for (const [layer, to] of [6, 6, 2].entries()) {
    const from = h.length;
    const z = Array.from({ length: to }, (_, j) =>
      h.reduce(
        (sum, value, i) => sum + value * parameters[offset + i * to + j],
        parameters[offset + from * to + j],
      ),
    );
    offset += (from + 1) * to;
    h = layer < 2 ? z.map((v) => v / (1 + Math.exp(-v))) : z;
  }
  return h;
}

beforeAll(async () => {
  await tf.setBackend('cpu');
});

test('counts its parameters', () => {
  expect(parameterCount(architecture)).toBe(4 * 6 + 6 + 6 * 6 + 6 + 6 * 2 + 2);
});

test('starts as He says, with a last layer of zeros', () => {
  const wide = { inputs: 8, outputs: 2, width: 64, depth: 3 };
  const parameters = initialParameters(wide, new RandomStream(1, 'initial weights'));
  expect(parameters.subarray(-65 * 2).every((v) => v === 0)).toBe(true);
  const second = parameters.subarray(9 * 64, 9 * 64 + 64 * 64);
  const variance = second.reduce((sum, v) => sum + v * v, 0) / second.length;
  expect(Math.abs(variance / (2 / 64) - 1)).toBeLessThan(5 * Math.sqrt(2 / second.length));
});

test('forward agrees with the definition', () => {
  const parameters = normals(parameterCount(architecture), 'weights');
  const x = [0.3, -1.2, 0.7, 2];
  const y = forward(layersOf(tf.tensor1d(parameters), architecture), tf.tensor2d([x])).dataSync();
  byHand(parameters, x).forEach((value, i) => {
    expect(y[i]).toBeCloseTo(value, 5);
  });
});

test('gradient agrees with finite differences of the definition', () => {
  const parameters = normals(parameterCount(architecture), 'weights');
  const x = [0.3, -1.2, 0.7, 2];
  const loss = (p: ArrayLike<number>) => byHand(p, x).reduce((sum, v) => sum + v * v, 0);
  const gradient = tf
    .grad((p: tf.Tensor) =>
      tf.sum(tf.square(forward(layersOf(p as tf.Tensor1D, architecture), tf.tensor2d([x])))),
    )(tf.tensor1d(parameters))
    .dataSync();
  const scale = Math.max(...gradient.map(Math.abs));
  for (let i = 0; i < parameters.length; i++) {
    const shifted = (by: number) => Float64Array.from(parameters, (v, j) => (i === j ? v + by : v));
    const expected = (loss(shifted(1e-5)) - loss(shifted(-1e-5))) / 2e-5;
    expect(Math.abs(gradient[i] - expected)).toBeLessThan(1e-4 * scale);
  }
});

test('an untrained network denoises as if the data were standard normal', () => {
  const plain = { inputs: inputCount(2, true), outputs: 2, width: 8, depth: 1 };
  const parameters = tf.tensor1d(initialParameters(plain, new RandomStream(1, 'initial weights')));
  const denoised = networkDenoiser(parameters, plain, 0.4)(tf.tensor2d([[3, -1]]), 2).dataSync();
  expect(denoised[0]).toBeCloseTo(3 / 5, 6);
  expect(denoised[1]).toBeCloseTo(-1 / 5, 6);
});

test('inputs beside the state', () => {
  expect(sharedInputs(Math.E, null)).toEqual([0.25]);
  expect(sharedInputs(1, 0.5)).toEqual([0, 0.5, Math.sin(0.5), Math.cos(0.5), Math.sin(1), Math.cos(1)]);
});

test('algebra on tensors', () => {
  const [a, b] = [tf.tensor2d([[1, 2]]), tf.tensor2d([[10, 20]])];
  const sum = tensorAlgebra.combine([
    [2, a],
    [-0.5, b],
  ]);
  expect([...sum.dataSync()]).toEqual([-3, -6]);
});
