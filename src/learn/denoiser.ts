/** The network as a denoiser, on the device. */
import * as tf from '@tensorflow/tfjs';
import type { BatchAlgebra, Denoiser } from '../core/families.ts';
import { sharedInputs } from './examples.ts';
import { type Architecture, forward, layersOf } from './network.ts';
import { preconditioning } from './preconditioning.ts';

/** D(x; sigma) in standardised units, x [batch, dimension]; `cv` standardised, or null. Answers one new tensor. */
export function networkDenoiser(
  parameters: tf.Tensor1D,
  architecture: Architecture,
  cv: number | null,
): Denoiser<tf.Tensor2D> {
  return (x, sigma) =>
    tf.tidy(() => {
      const { cSkip, cOut, cIn } = preconditioning(sigma);
      const shared = tf.tile(tf.tensor2d([sharedInputs(sigma, cv)]), [x.shape[0], 1]);
      const inputs: tf.Tensor2D = tf.concat2d([tf.mul(x, cIn), shared], 1);
      const answer = forward(layersOf(parameters, architecture), inputs);
      return tf.add(tf.mul(x, cSkip), tf.mul(answer, cOut));
    });
}

export const tensorAlgebra: BatchAlgebra<tf.Tensor2D> = {
  combine: (terms) =>
    tf.tidy(() => tf.addN(terms.map(([coefficient, batch]) => tf.mul<tf.Tensor2D>(batch, coefficient)))),
};
