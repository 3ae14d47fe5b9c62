/** Derivatives on the active backend against finite differences. Runs in Node and in a browser. */
import * as tf from '@tensorflow/tfjs';
import { RandomStream } from '../src/core/numerics/random.ts';
import { type ActivationId, activations } from '../src/learn/activations.ts';
import {
  type Architecture,
  architectureOf,
  type NetworkKind,
  parameterCount,
} from '../src/learn/architecture.ts';
import { drawBuffer, fillNormals } from '../src/learn/draws.ts';
import type { Examples } from '../src/learn/examples.ts';
import { answer, layersOf } from '../src/learn/network.ts';
import { lossAndGradient, lossOf, type Objective } from '../src/learn/objectives.ts';

export interface Case {
  readonly kind: NetworkKind;
  readonly activation: ActivationId;
  readonly objective: Objective;
}

const ROWS = 16;

export function normals(count: number, purpose: string, scale = 1): Float32Array {
  const buffer = drawBuffer(count);
  fillNormals(new RandomStream(5, purpose), 0, buffer);
  return Float32Array.from(buffer.subarray(0, count), (z) => scale * z);
}

export function smallNetwork(kind: NetworkKind, activation: ActivationId): Architecture {
  const settings = { kind, activation, features: 'log-sigma', width: 8, depth: 2 } as const;
  return architectureOf(settings, 2, { conditions: 0, nullable: false });
}

/** Random numbers in the place of a minibatch. */
export function someExamples({ inputs, outputs }: Architecture): Examples {
  return {
    inputs: normals(ROWS * inputs, 'inputs'),
    targets: normals(ROWS * outputs, 'targets'),
    weights: normals(ROWS, 'factors').map((z) => 0.5 + z * z),
    ratios: normals(ROWS, 'ratios').map((z) => Math.exp(0.5 * z)),
    slices: normals(ROWS * outputs, 'slices').map((z) => (z < 0 ? -1 : 1)),
  };
}

/**
 * Largest difference between the slope of the loss along a direction of parameter space by the gradient and by central differences
 * of fourth order, in units of the length of the gradient.
 */
export async function gradientMismatch({ kind, activation, objective }: Case): Promise<number> {
  const architecture = smallNetwork(kind, activation);
  const count = parameterCount(architecture);
  const examples = someExamples(architecture);
  const parameters = normals(count, 'weights', 0.5);
  const tensor = tf.tidy(
    () => lossAndGradient(tf.tensor1d(parameters), architecture, objective, examples).gradient,
  );
  const gradient = await tensor.data<'float32'>();
  tensor.dispose();
  const lossAlong = async (direction: Float32Array, h: number) => {
    const moved = parameters.map((value, i) => value + h * direction[i]);
    const loss = tf.tidy(() => lossOf(tf.tensor1d(moved), architecture, objective, examples));
    const [value] = await loss.data();
    loss.dispose();
    return value;
  };
  const size = Math.hypot(...gradient);
  let worst = 0;
  for (let n = 0; n < 4; n++) {
    const raw = normals(count, `direction ${n}`);
    const length = Math.hypot(...raw);
    // Half along the gradient: across it there would be little to compare.
    const direction = raw.map((z, i) => (z / length + gradient[i] / size) / 2);
    const slope = direction.reduce((sum, v, i) => sum + v * gradient[i], 0);
    const h = 0.03;
    const [a, b, c, d] = [
      await lossAlong(direction, h),
      await lossAlong(direction, -h),
      await lossAlong(direction, 2 * h),
      await lossAlong(direction, -2 * h),
    ];
    const difference = (8 * (a - b) - (c - d)) / (12 * h);
    worst = Math.max(worst, Math.abs(difference - slope) / size);
  }
  return worst;
}

const exactSecond: Readonly<Record<ActivationId, (z: number) => number>> = {
  silu: (z) => {
    const s = 1 / (1 + Math.exp(-z));
    return s * (1 - s) * (2 + z * (1 - 2 * s));
  },
  tanh: (z) => -2 * Math.tanh(z) * (1 - Math.tanh(z) ** 2),
  softplus: (z) => Math.exp(-z) / (1 + Math.exp(-z)) ** 2,
};

/** Largest errors of the second derivative of an activation by the tape of tfjs, of its value and of its slope. */
export async function secondDerivativeError(activation: ActivationId): Promise<number> {
  const points = Array.from({ length: 41 }, (_, i) => (i - 20) / 5);
  const f = (z: tf.Tensor) => activations[activation].value(z as tf.Tensor2D);
  const sum = (g: (z: tf.Tensor) => tf.Tensor) => (z: tf.Tensor) => tf.sum(g(z));
  const first = tf.grad(sum(f));
  const [second, ofSlope] = tf.tidy(() => {
    const z = tf.tensor2d(points, [points.length, 1]);
    const slope = (x: tf.Tensor) => activations[activation].slope(x as tf.Tensor2D);
    return [tf.grad(sum(first))(z), tf.grad(sum(slope))(z)];
  });
  const [a, b] = [await second.data(), await ofSlope.data()];
  tf.dispose([second, ofSlope]);
  return points.reduce((worst, z, i) => {
    const exact = exactSecond[activation](z);
    return Math.max(worst, Math.abs(a[i] - exact), Math.abs(b[i] - exact));
  }, 0);
}

/** Largest error of exp'' = exp, which no activation uses, relative to exp. */
export async function exponentialError(): Promise<number> {
  const points = [-2, -0.5, 0, 1, 2];
  const first = tf.grad((z: tf.Tensor) => tf.sum(tf.exp(z)));
  const second = tf.tidy(() => tf.grad((z: tf.Tensor) => tf.sum(first(z)))(tf.tensor1d(points)));
  const values = await second.data();
  second.dispose();
  return points.reduce((worst, z, i) => Math.max(worst, Math.abs(values[i] / Math.exp(z) - 1)), 0);
}

/**
 * d(div F)/du_0 and d|F|^2/dW of a network of two coordinates by the tape, against central differences of F and of its divergence: largest
 * error in units of the largest value.
 */
export async function networkSecondError(activation: ActivationId): Promise<number> {
  const architecture = { ...smallNetwork('mlp', activation), inputs: 2 };
  const parameters = normals(parameterCount(architecture), 'weights', 0.5);
  const points = normals(2 * ROWS, 'states');
  const column = (F: tf.Tensor2D, k: number) => tf.slice2d(F, [0, k], [F.shape[0], 1]);
  const divergence = (u: tf.Tensor): tf.Tensor => {
    const F = (x: tf.Tensor) =>
      answer(layersOf(tf.tensor1d(parameters), architecture), architecture, x as tf.Tensor2D);
    return tf.addN([0, 1].map((k) => column(tf.grad((x) => tf.sum(column(F(x), k)))(u) as tf.Tensor2D, k)));
  };
  const read = async (make: () => tf.Tensor) => {
    const tensor = tf.tidy(make);
    const values = await tensor.data<'float32'>();
    tensor.dispose();
    return values;
  };
  const moved = (h: number) =>
    tf.tensor2d(
      points.map((v, i) => (i % 2 === 0 ? v + h : v)),
      [ROWS, 2],
    );
  const tape = await read(() => column(tf.grad((u) => tf.sum(divergence(u)))(moved(0)) as tf.Tensor2D, 0));
  const h = 0.03;
  const at = await Promise.all([h, -h, 2 * h, -2 * h].map((shift) => read(() => divergence(moved(shift)))));
  const size = tape.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  return tape.reduce((worst, value, i) => {
    const difference = (8 * (at[0][i] - at[1][i]) - (at[2][i] - at[3][i])) / (12 * h);
    return Math.max(worst, Math.abs(value - difference) / size);
  }, 0);
}

export const CASES: readonly Case[] = (['silu', 'tanh', 'softplus'] as const).flatMap((activation) => [
  { kind: 'mlp', activation, objective: 'denoising' } as const,
  { kind: 'mlp', activation, objective: 'implicit' } as const,
  { kind: 'mlp', activation, objective: 'sliced' } as const,
  { kind: 'energy', activation, objective: 'denoising' } as const,
  { kind: 'energy', activation, objective: 'implicit' } as const,
]);
