/** Log density of states under a model, on the device. */
import * as tf from '@tensorflow/tfjs';
import type { Denoiser } from '../core/generative/contract.ts';
import {
  DIFFERENCE,
  type Divergent,
  type Flow,
  type FlowState,
  flowRatios,
  flowStep,
  logDensityOf,
} from '../core/generative/likelihood.ts';
import type { Points, Standardisation } from '../core/numerics/results.ts';
import { tensorAlgebra } from './denoiser.ts';
import { standardise } from './standardise.ts';
import type { ReadBack } from './training.ts';

export interface Likelihood {
  /** Natural logarithm of the density in the units of the coordinates, state by state. */
  readonly logDensity: Float64Array;
  readonly networkEvaluations: number;
}

/**
 * Log density of `points` by the probability flow of the denoiser of standardised data. The divergence is taken by central
 * differences, which any network allows: 2 * dimension + 1 evaluations each time.
 */
export async function logLikelihood(
  points: Points,
  denoiser: Denoiser<tf.Tensor2D>,
  { scale, flow, read }: { readonly scale: Standardisation; readonly flow: Flow; readonly read: ReadBack },
): Promise<Likelihood> {
  const { dimension, values } = standardise(points, scale);
  let networkEvaluations = 0;
  const counted: Denoiser<tf.Tensor2D> = (y, ratio) => {
    networkEvaluations += y.shape[0];
    return denoiser(y, ratio);
  };
  const report = followFlow(values, dimension, withDivergence(counted, dimension), flow);
  const numbers = await read(report).finally(() => tf.dispose(report));
  const row = dimension + 1;
  const arrived = numbers.filter((_, i) => i % row < dimension);
  const gain = numbers.filter((_, i) => i % row === dimension);
  // Per volume of the coordinates instead of the standardised ones.
  const jacobian = scale.deviation.reduce((sum, deviation) => sum + Math.log(deviation), 0);
  return {
    logDensity: logDensityOf(arrived, gain, flow).map((value) => value - jacobian),
    networkEvaluations,
  };
}

/** Where the states arrive at the largest noise and, in the last column, the gain; the caller owns the tensor. */
function followFlow(
  values: Float32Array,
  dimension: number,
  evaluate: Divergent<tf.Tensor2D>,
  flow: Flow,
): tf.Tensor2D {
  const count = values.length / dimension;
  const ratios = flowRatios(flow);
  let state: FlowState<tf.Tensor2D> = {
    y: tf.tensor2d(values, [count, dimension]),
    gain: tf.zeros([count, 1]),
  };
  for (let i = 0; i < flow.steps; i++) {
    const before = state;
    state = tf.tidy(() => ({ ...flowStep(before, ratios[i], ratios[i + 1], evaluate, tensorAlgebra) }));
    tf.dispose([before.y, before.gain]);
  }
  const report = tf.concat2d([state.y, state.gain], 1);
  tf.dispose([state.y, state.gain]);
  return report;
}

/** The state and its neighbours go through the network as one batch. */
function withDivergence(denoiser: Denoiser<tf.Tensor2D>, dimension: number): Divergent<tf.Tensor2D> {
  return (y, ratio) => {
    const h = DIFFERENCE * Math.hypot(1, ratio);
    const unit = (d: number, length: number) =>
      tf.tensor2d([Array.from({ length: dimension }, (_, i) => (i === d ? length : 0))]);
    const neighbours = Array.from({ length: dimension }, (_, d) =>
      [h, -h].map((s) => tf.add<tf.Tensor2D>(y, unit(d, s))),
    );
    const [denoised, ...moved] = tf.split(
      denoiser(tf.concat2d([y, ...neighbours.flat()], 0), ratio),
      2 * dimension + 1,
    ) as tf.Tensor2D[];
    const slopes = neighbours.map((_, d) =>
      tf.slice2d(tf.sub(moved[2 * d], moved[2 * d + 1]), [0, d], [y.shape[0], 1]),
    );
    return { denoised, divergence: tf.mul<tf.Tensor2D>(tf.addN(slopes), 1 / (2 * h)) };
  };
}
