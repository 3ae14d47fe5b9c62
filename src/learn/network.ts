/** Multilayer perceptron with SiLU, its parameters in one flat vector of which the layers are slices. */
import * as tf from '@tensorflow/tfjs';
import { NUMBERS_PER_BLOCK, type RandomStream } from '../core/random.ts';

export interface Architecture {
  readonly inputs: number;
  readonly outputs: number;
  readonly width: number;
  /** Hidden layers. */
  readonly depth: number;
}

export interface Layer {
  /** [inputs, outputs] */
  readonly weights: tf.Tensor2D;
  /** [outputs] */
  readonly bias: tf.Tensor1D;
}

function layerSizes({ inputs, outputs, width, depth }: Architecture): readonly (readonly [number, number])[] {
  const sizes = [inputs, ...new Array<number>(depth).fill(width), outputs];
  return sizes.slice(1).map((size, i) => [sizes[i], size] as const);
}

export function parameterCount(architecture: Architecture): number {
  return layerSizes(architecture).reduce((sum, [from, to]) => sum + (from + 1) * to, 0);
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

/** x [batch, inputs] -> [batch, outputs]. Differentiable once (the custom gradients save no path to a second). */
export function forward(layers: readonly Layer[], x: tf.Tensor2D): tf.Tensor2D {
  return layers.reduce(
    (h, { weights, bias }, i) => (i === 0 ? linear(h, weights, bias) : linear(silu(h), weights, bias)),
    x,
  );
}

/**
 * x W + b. On WebAssembly a product with a transpose flag takes a path five times slower than transposing first, so
 * the gradient is written out.
 */
function linear(x: tf.Tensor2D, weights: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  const transposeFirst = tf.getBackend() === 'wasm';
  const operation = tf.customGrad((...args) => {
    const [a, w, b, save] = args as unknown as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D, tf.GradSaveFunc];
    save([a, w]);
    const gradFunc = (upstream: tf.Tensor, saved: tf.Tensor[]) => {
      const dy = upstream as tf.Tensor2D;
      const [savedX, savedW] = saved as tf.Tensor2D[];
      return [
        transposeFirst ? tf.matMul(dy, tf.transpose(savedW)) : tf.matMul(dy, savedW, false, true),
        transposeFirst ? tf.matMul(tf.transpose(savedX), dy) : tf.matMul(savedX, dy, true, false),
        tf.sum(dy, 0),
      ];
    };
    return { value: tf.fused.matMul({ a, b: w, bias: b }), gradFunc };
  });
  return operation(x, weights, bias) as tf.Tensor2D;
}

/** x sigmoid(x), with the sigmoid kept for the gradient s (1 + x (1 - s)). */
function silu(x: tf.Tensor2D): tf.Tensor2D {
  const operation = tf.customGrad((...args) => {
    const [a, save] = args as unknown as [tf.Tensor2D, tf.GradSaveFunc];
    const gate = tf.sigmoid(a);
    const value = tf.mul(a, gate);
    save([gate, value]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, [s, y]: tf.Tensor[]) => tf.mul(dy, tf.add(s, tf.sub(y, tf.mul(y, s)))),
    };
  });
  return operation(x) as tf.Tensor2D;
}
