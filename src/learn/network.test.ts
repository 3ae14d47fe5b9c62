import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import type { NetworkSettings } from '../core/generative/training-settings.ts';
import { RandomStream } from '../core/numerics/random.ts';
import { type Architecture, architectureOf, parameterCount } from './architecture.ts';
import { fusedAnswer } from './backpropagation.ts';
import { networkDenoiser, tensorAlgebra } from './denoiser.ts';
import { drawBuffer, fillNormals } from './draws.ts';
import { sharedInputs } from './inputs.ts';
import { answer, initialParameters, layersOf } from './network.ts';

const plain: NetworkSettings = {
  kind: 'mlp',
  activation: 'silu',
  features: 'log-sigma',
  width: 6,
  depth: 2,
};
const UNCONDITIONAL = { conditions: 0, nullable: false };
const architecture: Architecture = { ...architectureOf(plain, 2, UNCONDITIONAL), inputs: 4 };

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
  const wide = { ...architecture, inputs: 8, width: 64, depth: 3 };
  const parameters = initialParameters(wide, new RandomStream(1, 'initial weights'));
  expect(parameters.subarray(-65 * 2).every((v) => v === 0)).toBe(true);
  const second = parameters.subarray(9 * 64, 9 * 64 + 64 * 64);
  const variance = second.reduce((sum, v) => sum + v * v, 0) / second.length;
  expect(Math.abs(variance / (2 / 64) - 1)).toBeLessThan(5 * Math.sqrt(2 / second.length));
});

test('answers agree with the definition', () => {
  const parameters = normals(parameterCount(architecture), 'weights');
  const x = [0.3, -1.2, 0.7, 2];
  const layers = layersOf(tf.tensor1d(parameters), architecture);
  for (const network of [answer, fusedAnswer]) {
    const y = network(layers, architecture, tf.tensor2d([x])).dataSync();
    byHand(parameters, x).forEach((value, i) => {
      expect(y[i]).toBeCloseTo(value, 5);
    });
  }
});

test('an untrained network denoises as if the data were standard normal', () => {
  for (const kind of ['mlp', 'energy'] as const) {
    const conditional = architectureOf({ ...plain, kind }, 2, { conditions: 1, nullable: false });
    const parameters = tf.tensor1d(initialParameters(conditional, new RandomStream(1, 'initial weights')));
    const asked = { condition: [0.4] };
    const denoised = networkDenoiser(parameters, conditional, asked)(tf.tensor2d([[3, -1]]), 2).dataSync();
    expect(denoised[0]).toBeCloseTo(3 / 5, 6);
    expect(denoised[1]).toBeCloseTo(-1 / 5, 6);
  }
});

test('inputs beside the state', () => {
  const told = { features: 'log-sigma', conditions: 0, nullable: false } as const;
  expect(sharedInputs(told, Math.E, [])).toEqual([0.25]);
  const one = [0.5, Math.sin(0.5), Math.cos(0.5), Math.sin(1), Math.cos(1)];
  expect(sharedInputs({ ...told, conditions: 1 }, 1, [0.5])).toEqual([0, ...one]);
  const two = { ...told, conditions: 2, nullable: true } as const;
  expect(sharedInputs(two, 1, [0.5, 0])).toEqual([0, ...one, 0, 0, 1, 0, 1, 0]);
  expect(sharedInputs(two, 1, null)).toEqual([0, ...new Array(10).fill(0), 1]);
  const fourier = sharedInputs({ ...told, features: 'fourier' }, Math.exp(2), []);
  expect(fourier).toEqual([0.5, ...[1, 2, 3, 4].flatMap((k) => [Math.sin(k / 2), Math.cos(k / 2)])]);
});

test('guidance moves away from the null condition, weight 1 is the conditional answer', () => {
  const nullable = architectureOf(plain, 2, { conditions: 1, nullable: true });
  const parameters = tf.tensor1d(normals(parameterCount(nullable), 'weights'));
  const x = tf.tensor2d([[0.4, -0.7]]);
  const at = (condition: number[] | null, weight?: number) =>
    networkDenoiser(parameters, nullable, { condition, weight })(x, 0.5).dataSync();
  const [free, asked, twice] = [at(null), at([0.3]), at([0.3], 2)];
  expect([...at([0.3], 1)]).toEqual([...asked]);
  expect(Math.abs(free[0] - asked[0])).toBeGreaterThan(1e-3);
  twice.forEach((value, i) => {
    expect(value).toBeCloseTo(2 * asked[i] - free[i], 5);
  });
  const firm = architectureOf(plain, 2, { conditions: 1, nullable: false });
  expect(() => networkDenoiser(parameters, firm, { condition: null })).toThrow('drop-condition-needed');
  expect(() => networkDenoiser(parameters, firm, { condition: [1, 2] })).toThrow('1 conditions, not 2');
});

test('algebra on tensors', () => {
  const [a, b] = [tf.tensor2d([[1, 2]]), tf.tensor2d([[10, 20]])];
  const sum = tensorAlgebra.combine([
    [2, a],
    [-0.5, b],
  ]);
  expect([...sum.dataSync()]).toEqual([-3, -6]);
});
