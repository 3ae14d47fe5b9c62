/** What a training step looks at, for a step in slow motion. */
import * as tf from '@tensorflow/tfjs';
import type { Standardisation } from '../core/numerics/results.ts';
import type { Minibatch } from '../core/protocol/learn.ts';
import { answer, layersOf } from './network.ts';
import { preconditioning } from './preconditioning.ts';
import { unstandardise } from './standardise.ts';
import type { ReadBack, Training } from './training.ts';

/** The minibatch of the next step and the answers of the weights as they stand, in the units of the coordinates. */
export async function minibatchOf(
  training: Training,
  scale: Standardisation,
  read: ReadBack,
): Promise<Minibatch> {
  const { architecture, nextExamples, currentParameters } = training;
  const { inputs, targets, ratios } = nextExamples;
  const { inputs: width, outputs: dimension } = architecture;
  const answers = tf.tidy(() =>
    answer(
      layersOf(currentParameters, architecture),
      architecture,
      tf.tensor2d(inputs, [ratios.length, width]),
    ),
  );
  const F = await read(answers).finally(() => answers.dispose());
  const noisy = targets.map((_, i) => {
    const row = Math.floor(i / dimension);
    return inputs[row * width + (i % dimension)] / preconditioning(ratios[row]).cIn;
  });
  /** The state that an answer of the network stands for. */
  const denoised = (values: Float32Array) =>
    values.map((value, i) => {
      const { cSkip, cOut } = preconditioning(ratios[Math.floor(i / dimension)]);
      return cSkip * noisy[i] + cOut * value;
    });
  const inUnits = (values: Float32Array) => unstandardise({ dimension, values }, scale);
  return {
    noisy: inUnits(noisy),
    sigmas: ratios,
    targets: inUnits(denoised(targets)),
    predictions: inUnits(denoised(F)),
  };
}
