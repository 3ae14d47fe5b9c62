/** Networks whose parameters are one flat vector, of which the layers are slices. */
import * as tf from '@tensorflow/tfjs';
import { NUMBERS_PER_BLOCK, type RandomStream } from '../core/numerics/random.ts';
import { activations } from './activations.ts';
import { type Architecture, layerSizes, parameterCount } from './architecture.ts';
import './repaired-gradients.ts';

export interface Layer {
  /** [inputs, outputs] */
  readonly weights: tf.Tensor2D;
  /** [outputs] */
  readonly bias: tf.Tensor1D;
}

/** He initialisation: weights N(0, 2 / inputs), biases zero; the last layer zero, so that F = 0 at first. */
export function initialParameters(architecture: Architecture, stream: RandomStream): Float32Array {
  const parameters = new Float32Array(parameterCount(architecture));
  const block = new Float64Array(NUMBERS_PER_BLOCK);
  let offset = 0;
  layerSizes(architecture).forEach(([from, to], layer) => {
    for (let i = 0; layer < architecture.depth && i < from * to; i++) {
      if (i % NUMBERS_PER_BLOCK === 0) stream.normals(layer, i / NUMBERS_PER_BLOCK, block);
      parameters[offset + i] = block[i % NUMBERS_PER_BLOCK] * Math.sqrt(2 / from);
    }
    offset += (from + 1) * to;
  });
  return parameters;
}

export function layersOf(parameters: tf.Tensor1D, architecture: Architecture): Layer[] {
  let offset = 0;
  return layerSizes(architecture).map(([from, to]) => {
    const weights = tf.slice1d(parameters, offset, from * to).as2D(from, to);
    const bias = tf.slice1d(parameters, offset + from * to, to);
    offset += (from + 1) * to;
    return { weights, bias };
  });
}

/** F: inputs [batch, inputs] -> [batch, outputs]. Differentiable any number of times, by inputs and by parameters. */
export function answer(
  layers: readonly Layer[],
  architecture: Architecture,
  inputs: tf.Tensor2D,
): tf.Tensor2D {
  return architecture.kind === 'mlp'
    ? perceptron(layers, architecture, inputs)
    : energyGradient(layers, architecture, inputs);
}

/** The number of which an energy network answers the gradient: [batch, inputs] -> [batch, 1]. */
export function perceptron(
  layers: readonly Layer[],
  { activation }: Architecture,
  inputs: tf.Tensor2D,
): tf.Tensor2D {
  const { value } = activations[activation];
  return layers.reduce((h, layer, i) => linear(i === 0 ? h : value(h), layer), inputs);
}

/** The chain rule written out: it costs one pass back, and needs no tape for samples. */
function energyGradient(
  layers: readonly Layer[],
  { activation, depth, outputs }: Architecture,
  inputs: tf.Tensor2D,
): tf.Tensor2D {
  const { value, slope } = activations[activation];
  const slopes: tf.Tensor2D[] = [];
  let h = inputs;
  for (const layer of layers.slice(0, depth)) {
    const z = linear(h, layer);
    slopes.push(slope(z));
    h = value(z);
  }
  const rows = inputs.shape[0];
  // Not tf.tile, whose gradient is one operation for each row.
  let gradient: tf.Tensor2D = tf.matMul(tf.ones([rows, 1]), tf.transpose(layers[depth].weights));
  for (let i = depth - 1; i >= 0; i--)
    gradient = tf.matMul(tf.mul(gradient, slopes[i]), tf.transpose(layers[i].weights));
  // The bias of the number has no effect, and the tape refuses parameters that it does not meet.
  return tf.add(tf.slice2d(gradient, [0, 0], [rows, outputs]), tf.mul(layers[depth].bias, 0));
}

function linear(x: tf.Tensor2D, { weights, bias }: Layer): tf.Tensor2D {
  return tf.add(tf.matMul(x, weights), bias);
}
