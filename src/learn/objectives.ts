/** What training minimises. */
import * as tf from '@tensorflow/tfjs';
import type { Architecture } from './architecture.ts';
import { fusedAnswer, type LossAndGradient, squaredErrorGradient } from './backpropagation.ts';
import type { Examples } from './examples.ts';
import { answer, type Layer, layersOf } from './network.ts';

/**
 * `denoising`: squared error of the answer F (Vincent 2011). `implicit`: Hyvarinen's |s|^2 / 2 + div s of the noised density (J. Mach.
 * Learn. Res. 6, 695, 2005) with the exact divergence. `sliced`: the same with the divergence replaced by v . (ds/dx) v for one random
 * vector v of signs (Song, Garg, Shi, Ermon 2019, arXiv 1905.07088, with the exact |s|^2).
 */
export type Objective = 'denoising' | 'implicit' | 'sliced';

interface Tensors {
  readonly inputs: tf.Tensor2D;
  readonly targets: tf.Tensor2D;
  /** [batch, 1] or null */
  readonly factors: tf.Tensor2D | null;
  /** [batch, 1] */
  readonly ratios: tf.Tensor2D;
  /** [batch, outputs] or null */
  readonly slices: tf.Tensor2D | null;
}

/** Loss of a minibatch and its gradient by the flat parameters. To be called within `tf.tidy`. */
export function lossAndGradient(
  parameters: tf.Tensor1D,
  architecture: Architecture,
  objective: Objective,
  examples: Examples,
): LossAndGradient {
  const tensors = uploaded(examples, architecture);
  const { inputs, targets, factors } = tensors;
  if (architecture.kind === 'mlp' && objective === 'denoising')
    return squaredErrorGradient(parameters, architecture, inputs, targets, factors);
  const { value, grads } = tf.valueAndGrads((...views: tf.Tensor[]) =>
    taped(asLayers(views), architecture, objective, tensors),
  )(layersOf(parameters, architecture).flatMap(({ weights, bias }) => [weights, bias]));
  return { loss: value as tf.Scalar, gradient: tf.concat1d(grads.map((part) => part.as1D())) };
}

/** The loss alone. To be called within `tf.tidy`. */
export function lossOf(
  parameters: tf.Tensor1D,
  architecture: Architecture,
  objective: Objective,
  examples: Examples,
): tf.Scalar {
  const tensors = uploaded(examples, architecture);
  const layers = layersOf(parameters, architecture);
  if (architecture.kind === 'mlp' && objective === 'denoising')
    return squaredError(fusedAnswer(layers, architecture, tensors.inputs), tensors);
  return taped(layers, architecture, objective, tensors);
}

function uploaded(
  { inputs, targets, weights, ratios, slices }: Examples,
  { inputs: width, outputs }: Architecture,
): Tensors {
  const rows = ratios.length;
  return {
    inputs: tf.tensor2d(inputs, [rows, width]),
    targets: tf.tensor2d(targets, [rows, outputs]),
    factors: weights && tf.tensor2d(weights, [rows, 1]),
    ratios: tf.tensor2d(ratios, [rows, 1]),
    slices: slices && tf.tensor2d(slices, [rows, outputs]),
  };
}

/** The loss by operations that the tape can follow. */
function taped(
  layers: readonly Layer[],
  architecture: Architecture,
  objective: Objective,
  tensors: Tensors,
): tf.Scalar {
  return objective === 'denoising'
    ? squaredError(answer(layers, architecture, tensors.inputs), tensors)
    : implicitLoss(layers, architecture, objective, tensors);
}

/** Mean over rows and coordinates of the squared error, each row times its factor. */
function squaredError(answers: tf.Tensor2D, { targets, factors }: Tensors): tf.Scalar {
  const squares = tf.squaredDifference<tf.Tensor2D>(answers, targets);
  return tf.mean(factors ? tf.mul(factors, squares) : squares);
}

/**
 * 1 + (|F|^2 + 2 ratio (div F - F . u)) / d, derivatives by the scaled noisy state u. By s = (D - y) / ratio^2 and D = cSkip y + cOut F
 * that is (|s|^2 + 2 div s) times (ratio^2 / cOut)^2 / d, but for what does not depend on the network: for standardised data its expectation is the
 * denoising loss (Stein's identity), so the curves may be compared.
 */
function implicitLoss(
  layers: readonly Layer[],
  architecture: Architecture,
  objective: Objective,
  { inputs, factors, ratios, slices }: Tensors,
): tf.Scalar {
  const [rows, width] = inputs.shape;
  const d = architecture.outputs;
  const u = tf.slice2d(inputs, [0, 0], [rows, d]);
  const shared = tf.slice2d(inputs, [0, d], [rows, width - d]);
  const F = (state: tf.Tensor2D) => answer(layers, architecture, tf.concat2d([state, shared], 1));
  const answers = F(u);
  const divergence =
    objective === 'sliced' && slices ? slicedDivergence(F, u, slices) : exactDivergence(F, u);
  const inner = tf.mul(ratios, tf.sub(divergence, rowSum(tf.mul(answers, u))));
  const loss = tf.add(1, tf.div(tf.add(rowSum(tf.square(answers)), tf.mul(2, inner)), d));
  return tf.mean(factors ? tf.mul(factors, loss) : loss);
}

type Field = (state: tf.Tensor2D) => tf.Tensor2D;

/** Sum over coordinates of dF_k / du_k, [rows, 1]: one pass back for each. */
function exactDivergence(F: Field, u: tf.Tensor2D): tf.Tensor2D {
  const [rows, d] = u.shape;
  const terms = Array.from({ length: d }, (_, k) => {
    const gradient = tf.grad((state) => tf.sum(tf.slice2d(F(state as tf.Tensor2D), [0, k], [rows, 1])))(u);
    return tf.slice2d(gradient as tf.Tensor2D, [0, k], [rows, 1]);
  });
  return tf.addN(terms);
}

/** v . (dF/du) v, [rows, 1]: one pass back, right on average over v. */
function slicedDivergence(F: Field, u: tf.Tensor2D, v: tf.Tensor2D): tf.Tensor2D {
  const gradient = tf.grad((state) => tf.sum(tf.mul(F(state as tf.Tensor2D), v)))(u);
  return rowSum(tf.mul(gradient, v));
}

function rowSum(values: tf.Tensor): tf.Tensor2D {
  return tf.sum(values, 1, true);
}

function asLayers(views: readonly tf.Tensor[]): Layer[] {
  return Array.from({ length: views.length / 2 }, (_, i) => ({
    weights: views[2 * i] as tf.Tensor2D,
    bias: views[2 * i + 1] as tf.Tensor1D,
  }));
}
