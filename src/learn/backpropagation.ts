/** Loss of a perceptron and its gradient, written out: fewer kernels than with the tape of tfjs. */
import * as tf from '@tensorflow/tfjs';
import { type Activated, activations } from './activations.ts';
import type { Architecture } from './architecture.ts';
import { type Layer, layersOf } from './network.ts';

export interface LossAndGradient {
  readonly loss: tf.Scalar;
  /** Of the flat parameters. */
  readonly gradient: tf.Tensor1D;
}

/**
 * Mean over rows and coordinates of the squared error, each row times its factor, and its gradient. For networks of
 * kind `mlp`. To be called within `tf.tidy`.
 *
 * @param inputs [batch, inputs]  @param targets [batch, outputs]  @param factors [batch, 1], null when all are 1
 */
export function squaredErrorGradient(
  parameters: tf.Tensor1D,
  architecture: Architecture,
  inputs: tf.Tensor2D,
  targets: tf.Tensor2D,
  factors: tf.Tensor2D | null,
): LossAndGradient {
  const layers = layersOf(parameters, architecture);
  const hidden = hiddenLayers(layers, architecture, inputs);
  const into = [inputs, ...hidden.map(({ value }) => value)];
  const error: tf.Tensor2D = tf.sub(affine(into[into.length - 1], layers[layers.length - 1]), targets);
  const weighted = factors ? tf.mul<tf.Tensor2D>(error, factors) : error;
  const loss: tf.Scalar = tf.mean(tf.mul(error, weighted));
  const ones = tf.ones<tf.Rank.R2>([1, inputs.shape[0]]);
  let upstream: tf.Tensor2D = tf.mul(weighted, 2 / targets.size);
  const parts: tf.Tensor1D[] = [];
  for (let i = layers.length - 1; i >= 0; i--) {
    // A product with a row of ones: a sum over the first axis costs a transpose besides.
    parts.unshift(leftTransposed(into[i], upstream).as1D(), tf.matMul(ones, upstream).as1D());
    if (i > 0) upstream = hidden[i - 1].pullBack(rightTransposed(upstream, layers[i].weights));
  }
  return { loss, gradient: tf.concat1d(parts) };
}

/** F by as few kernels as possible, of which the tape knows no gradient: [batch, inputs] -> [batch, outputs]. */
export function fusedAnswer(
  layers: readonly Layer[],
  architecture: Architecture,
  inputs: tf.Tensor2D,
): tf.Tensor2D {
  const hidden = hiddenLayers(layers, architecture, inputs);
  return affine(hidden[hidden.length - 1].value, layers[layers.length - 1]);
}

function hiddenLayers(
  layers: readonly Layer[],
  { activation, depth }: Architecture,
  inputs: tf.Tensor2D,
): Activated[] {
  const hidden: Activated[] = [];
  for (let i = 0; i < depth; i++)
    hidden.push(activations[activation].fused(affine(i === 0 ? inputs : hidden[i - 1].value, layers[i])));
  return hidden;
}

function affine(a: tf.Tensor2D, { weights, bias }: Layer): tf.Tensor2D {
  return tf.fused.matMul({ a, b: weights, bias }) as tf.Tensor2D;
}

/** On WebAssembly a product with a transpose flag takes a path five times slower than transposing first. */
function transposesFirst(): boolean {
  return tf.getBackend() === 'wasm';
}

/** a^T b */
function leftTransposed(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return transposesFirst() ? tf.matMul(tf.transpose(a), b) : tf.matMul(a, b, true, false);
}

/** a b^T */
function rightTransposed(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return transposesFirst() ? tf.matMul(a, tf.transpose(b)) : tf.matMul(a, b, false, true);
}
