/** Adam (Kingma, Ba 2015, arXiv 1412.6980, algorithm 1) on one flat vector, with an average of the weights. */
import * as tf from '@tensorflow/tfjs';
import type { Checkpoint } from '../core/protocol/learn.ts';
import { elementwise } from './elementwise.ts';

const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;
/** Longest memory of the weight average, in steps / (steps + 1); it grows from nothing in the first steps. */
const LONGEST_AVERAGE = 0.995;
/** Steps over which the learning rate rises from zero: Adam's first steps rest on very few gradients. */
const WARM_UP = 50;

/** Vectors of the length of the parameters. */
export type OptimiserState = {
  readonly parameters: tf.Tensor1D;
  readonly firstMoment: tf.Tensor1D;
  readonly secondMoment: tf.Tensor1D;
  /** Exponential moving average of the parameters: what generation uses. */
  readonly average: tf.Tensor1D;
};

export function startingPoint(parameters: Float32Array): Checkpoint {
  const zeros = new Float32Array(parameters.length);
  return { step: 0, parameters, firstMoment: zeros, secondMoment: zeros, average: parameters };
}

/** Arrays of its own, to be given away. */
export function copyOf({ step, ...vectors }: Checkpoint): Checkpoint {
  const { parameters, firstMoment, secondMoment, average } = vectors;
  return {
    step,
    parameters: parameters.slice(),
    firstMoment: firstMoment.slice(),
    secondMoment: secondMoment.slice(),
    average: average.slice(),
  };
}

export function stateOf({ parameters, firstMoment, secondMoment, average }: Checkpoint): OptimiserState {
  return {
    parameters: tf.tensor1d(parameters),
    firstMoment: tf.tensor1d(firstMoment),
    secondMoment: tf.tensor1d(secondMoment),
    average: tf.tensor1d(average),
  };
}

export function initialState(parameters: Float32Array): OptimiserState {
  return stateOf(startingPoint(parameters));
}

export function disposeState(state: OptimiserState): void {
  tf.dispose(Object.values(state));
}

/** State after the update number `step` (0, 1, ...) with this gradient. To be called within `tf.tidy`. */
export function adamStep(
  state: OptimiserState,
  gradient: tf.Tensor1D,
  step: number,
  learningRate: number,
): OptimiserState {
  const update = tf.getBackend() === 'webgpu' ? fused : plain;
  const firstMoment = update.blend(state.firstMoment, gradient, BETA_1);
  const secondMoment = update.blendSquare(state.secondMoment, gradient, BETA_2);
  const length = learningRate / (1 - BETA_1 ** (step + 1));
  const unbias = 1 / (1 - BETA_2 ** (step + 1));
  const parameters = update.descend(state.parameters, firstMoment, secondMoment, length, unbias);
  const average = update.blend(state.average, parameters, averageDecay(step));
  return { parameters, firstMoment, secondMoment, average };
}

/** The parts of a step on vectors of the same length. */
interface Update {
  /** keep a + (1 - keep) b */
  blend(a: tf.Tensor1D, b: tf.Tensor1D, keep: number): tf.Tensor1D;
  /** keep a + (1 - keep) b^2 */
  blendSquare(a: tf.Tensor1D, b: tf.Tensor1D, keep: number): tf.Tensor1D;
  /** a - length m / (sqrt(unbias v) + epsilon) */
  descend(a: tf.Tensor1D, m: tf.Tensor1D, v: tf.Tensor1D, length: number, unbias: number): tf.Tensor1D;
}

const plain: Update = {
  blend: (a, b, keep) => tf.add(tf.mul(a, keep), tf.mul(b, 1 - keep)),
  blendSquare: (a, b, keep) => plain.blend(a, tf.square(b), keep),
  descend: (a, m, v, length, unbias) =>
    tf.sub(a, tf.div(tf.mul(m, length), tf.add(tf.sqrt(tf.mul(v, unbias)), EPSILON))),
};

/** One dispatch each. */
const fused: Update = {
  blend: (a, b, keep) => elementwise('blend', 'uniforms.k0 * a + uniforms.k1 * b', [a, b], [keep, 1 - keep]),
  blendSquare: (a, b, keep) =>
    elementwise('blend square', 'uniforms.k0 * a + uniforms.k1 * b * b', [a, b], [keep, 1 - keep]),
  descend: (a, m, v, length, unbias) =>
    elementwise(
      'descend',
      'a - uniforms.k0 * b / (sqrt(c * uniforms.k1) + uniforms.k2)',
      [a, m, v],
      [length, unbias, EPSILON],
    ),
};

export function averageDecay(step: number): number {
  return Math.min(LONGEST_AVERAGE, (step + 1) / (step + 10));
}

/** Learning rate of a step: a short linear rise, then half a cosine down to zero at `steps`. */
export function learningRateAt(step: number, steps: number, initial: number): number {
  const rise = Math.min(1, (step + 1) / Math.min(WARM_UP, steps));
  return initial * rise * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
}
