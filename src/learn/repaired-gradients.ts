/**
 * Repairs of the gradients of tfjs, registered when this module is loaded. The gradients of sigmoid, tanh and exp rest on a saved output
 * that is cut off from its input, so that second derivatives are wrong or throw (tfjs issue 3252): here they are written in
 * the input. A product with a transpose flag takes a path five times slower on WebAssembly than transposing first.
 */
import * as tf from '@tensorflow/tfjs';

type Elementary = (x: tf.Tensor) => tf.Tensor;

const slopes: Readonly<Record<string, Elementary>> = {
  Sigmoid: (x) => {
    const value = tf.sigmoid(x);
    return tf.mul(value, tf.sub(1, value));
  },
  Tanh: (x) => tf.sub(1, tf.square(tf.tanh(x))),
  Exp: (x) => tf.exp(x),
};

for (const [kernelName, slope] of Object.entries(slopes))
  tf.registerGradient({
    kernelName,
    inputsToSave: ['x'],
    gradFunc: (dy, [x]) => ({ x: () => tf.mul(dy as tf.Tensor, slope(x)) }),
  });

const stock = tf.getGradient('BatchMatMul');

tf.registerGradient({
  kernelName: 'BatchMatMul',
  inputsToSave: ['a', 'b'],
  gradFunc: (dy, saved, attributes) => {
    const { transposeA, transposeB } = attributes as unknown as { transposeA: boolean; transposeB: boolean };
    const [a, b] = saved as tf.Tensor2D[];
    if (tf.getBackend() !== 'wasm' || transposeA || transposeB || a.rank > 2)
      return stock.gradFunc(dy, saved, attributes);
    const upstream = dy as tf.Tensor2D;
    return {
      a: () => tf.matMul(upstream, tf.transpose(b)),
      b: () => tf.matMul(tf.transpose(a), upstream),
    };
  },
});
