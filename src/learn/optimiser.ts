/** Adam (Kingma, Ba 2015, arXiv 1412.6980, algorithm 1) on one flat vector, with an average of the weights. */
import * as tf from '@tensorflow/tfjs';

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

export function initialState(parameters: Float32Array): OptimiserState {
  const zeros = () => tf.zeros([parameters.length]) as tf.Tensor1D;
  return {
    parameters: tf.tensor1d(parameters),
    firstMoment: zeros(),
    secondMoment: zeros(),
    average: tf.tensor1d(parameters),
  };
}

export function disposeState(state: OptimiserState): void {
  tf.dispose(Object.values(state));
}

/** State after the update number `step` (0, 1, ...) with this gradient. */
export function adamStep(
  state: OptimiserState,
  gradient: tf.Tensor1D,
  step: number,
  learningRate: number,
): OptimiserState {
  const blend = (a: tf.Tensor1D, b: tf.Tensor1D, keep: number): tf.Tensor1D =>
    tf.add(tf.mul(a, keep), tf.mul(b, 1 - keep));
  const firstMoment = blend(state.firstMoment, gradient, BETA_1);
  const secondMoment = blend(state.secondMoment, tf.square(gradient), BETA_2);
  const unbias1 = 1 / (1 - BETA_1 ** (step + 1));
  const unbias2 = 1 / (1 - BETA_2 ** (step + 1));
  const scale = tf.add(tf.sqrt(tf.mul(secondMoment, unbias2)), EPSILON);
  const parameters: tf.Tensor1D = tf.sub(
    state.parameters,
    tf.div(tf.mul(firstMoment, learningRate * unbias1), scale),
  );
  const average = blend(state.average, parameters, averageDecay(step));
  return { parameters, firstMoment, secondMoment, average };
}

export function averageDecay(step: number): number {
  return Math.min(LONGEST_AVERAGE, (step + 1) / (step + 10));
}

/** Learning rate of a step: a short linear rise, then half a cosine down to zero at `steps`. */
export function learningRateAt(step: number, steps: number, initial: number): number {
  const rise = Math.min(1, (step + 1) / Math.min(WARM_UP, steps));
  return initial * rise * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
}
