/** The network as a denoiser, on the device. */

import * as tf from '@tensorflow/tfjs';
import type { BatchAlgebra, Denoiser } from '../core/generative/contract.ts';
import { Problem } from '../core/message.ts';
import type { Architecture } from './architecture.ts';
import { fusedAnswer } from './backpropagation.ts';
import { sharedInputs } from './inputs.ts';
import { message } from './messages.ts';
import { answer, type Layer, layersOf } from './network.ts';
import { preconditioning } from './preconditioning.ts';

/** What samples are to fulfil. */
export interface Asked {
  /** Standardised slow variables, as many as the network has conditions; null for the null condition of a nullable network. */
  readonly condition: readonly number[] | null;
  /**
   * Guidance weight W: D(null) + W (D(condition) - D(null)) (Ho, Salimans 2022, arXiv 2207.12598). 1, the conditional distribution itself, when absent; else the
   * network must be nullable.
   */
  readonly weight?: number;
}

export const UNCONDITIONAL: Asked = { condition: [] };

/**
 * D(x; sigma) in standardised units, x [batch, dimension]. Answers one new tensor, which the tape cannot follow. Throws if the
 * condition does not fit the network.
 */
export function networkDenoiser(
  parameters: tf.Tensor1D,
  architecture: Architecture,
  { condition, weight = 1 }: Asked,
): Denoiser<tf.Tensor2D> {
  checkAsked(architecture, { condition, weight });
  return (x, sigma) =>
    tf.tidy(() => {
      const layers = layersOf(parameters, architecture);
      const asked = denoised(layers, architecture, x, sigma, condition);
      if (weight === 1) return asked;
      const free = denoised(layers, architecture, x, sigma, null);
      return tf.add(tf.mul(free, 1 - weight), tf.mul(asked, weight));
    });
}

function checkAsked({ conditions, nullable }: Architecture, { condition, weight }: Asked): void {
  if (condition && condition.length !== conditions)
    throw new Error(`${conditions} conditions, not ${condition.length}`);
  if (!nullable && (!condition || weight !== 1)) throw new Problem(message('drop-condition-needed', {}));
}

function denoised(
  layers: readonly Layer[],
  architecture: Architecture,
  x: tf.Tensor2D,
  sigma: number,
  condition: readonly number[] | null,
): tf.Tensor2D {
  const { cSkip, cOut, cIn } = preconditioning(sigma);
  const shared = tf.tile(tf.tensor2d([sharedInputs(architecture, sigma, condition)]), [x.shape[0], 1]);
  const inputs: tf.Tensor2D = tf.concat2d([tf.mul(x, cIn), shared], 1);
  const F = architecture.kind === 'mlp' ? fusedAnswer : answer;
  return tf.add(tf.mul(x, cSkip), tf.mul(F(layers, architecture, inputs), cOut));
}

export const tensorAlgebra: BatchAlgebra<tf.Tensor2D> = {
  combine: (terms) =>
    tf.tidy(() => tf.addN(terms.map(([coefficient, batch]) => tf.mul<tf.Tensor2D>(batch, coefficient)))),
};
