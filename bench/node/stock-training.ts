/** Runs in Chromium: the same training as one would write it with tfjs. Imports nothing that repairs the gradients of tfjs. */
import * as tf from '@tensorflow/tfjs';
import { expose, minibatch } from './trainer.ts';
import { BATCH, DEPTH, INPUTS, OUTPUTS, WIDTH } from './training-problem.ts';

expose(() => {
  const sizes = [INPUTS, ...new Array<number>(DEPTH).fill(WIDTH), OUTPUTS];
  const layers = sizes.slice(1).map((to, i) => ({
    weights: tf.variable(
      tf.randomNormal<tf.Rank.R2>([sizes[i], to], 0, Math.sqrt(2 / sizes[i]), 'float32', i + 1),
    ),
    bias: tf.variable(tf.zeros([to])),
  }));
  const optimiser = tf.train.adam(1e-3);
  const { inputs, targets } = minibatch();
  const forward = (x: tf.Tensor2D) =>
    layers.reduce<tf.Tensor2D>((h, { weights, bias }, i) => {
      const z: tf.Tensor2D = tf.add(tf.matMul(h, weights), bias);
      return i < DEPTH ? tf.mul(z, tf.sigmoid(z)) : z;
    }, x);
  return {
    take() {
      tf.tidy(() => {
        const x = tf.tensor2d(inputs, [BATCH, INPUTS]);
        const y = tf.tensor2d(targets, [BATCH, OUTPUTS]);
        optimiser.minimize(() => tf.losses.meanSquaredError(y, forward(x)) as tf.Scalar);
      });
    },
    settle: () => layers[0].weights.data(),
  };
});
