/** Training by denoising score matching, a few steps at a time. */
import * as tf from '@tensorflow/tfjs';
import { RandomStream } from '../core/random.ts';
import { ExampleSource, type Examples, inputCount, type TrainingSet } from './examples.ts';
import { type Architecture, forward, initialParameters, type Layer, layersOf } from './network.ts';
import { adamStep, disposeState, initialState, learningRateAt, type OptimiserState } from './optimiser.ts';

/** The loss of a network that answers zero is 1: far above it the run is lost. */
const EXPLODED_LOSS = 1e3;
/** Root mean square of the parameters, of order 1 in a healthy network: the loss on exploded ones comes a step too late. */
const EXPLODED_WEIGHTS = 100;

export interface TrainingSettings {
  readonly seed: number;
  readonly width: number;
  readonly depth: number;
  readonly steps: number;
  readonly batch: number;
  readonly learningRate: number;
}

/** Reads a tensor back; rejects when the device is lost meanwhile. */
export type ReadBack = (tensor: tf.Tensor) => Promise<Float32Array>;

export interface Progress {
  /** Loss of each step since the last answer. */
  readonly losses: Float32Array;
  readonly divergence: string | null;
}

export class Training {
  readonly architecture: Architecture;
  step = 0;
  divergence: string | null = null;
  private readonly examples: ExampleSource;
  private state: OptimiserState;
  /** The state before, until the loss on `state` is known to be sound. */
  private previous: { readonly state: OptimiserState; readonly step: number } | null = null;
  private stepMs = Number.POSITIVE_INFINITY;

  constructor(
    data: TrainingSet,
    private readonly settings: TrainingSettings,
    private readonly read: ReadBack,
  ) {
    const { seed, width, depth, batch } = settings;
    const inputs = inputCount(data.dimension, data.cv !== null);
    this.architecture = { inputs, outputs: data.dimension, width, depth };
    this.examples = new ExampleSource(data, batch, seed);
    this.state = initialState(
      initialParameters(this.architecture, new RandomStream(seed, 'initial weights')),
    );
  }

  get done(): boolean {
    return this.step >= this.settings.steps || this.divergence !== null;
  }

  /** Averaged parameters of the last good step; belongs to the training. */
  get parameters(): tf.Tensor1D {
    return this.state.average;
  }

  /** Takes as many steps as should fit into `budgetMs`, at least one; their losses are read back together. */
  async advance(budgetMs: number): Promise<Progress> {
    if (this.done) return { losses: new Float32Array(0), divergence: this.divergence };
    const begin = performance.now();
    const fit = Math.max(1, Math.floor(budgetMs / this.stepMs));
    const count = Math.min(fit, this.settings.steps - this.step);
    const { state, losses } = this.issue(count, begin + budgetMs);
    const report = tf.tidy(() => tf.concat1d([tf.stack(losses) as tf.Tensor1D, rootMeanSquare(state)]));
    tf.dispose(losses);
    const values = await this.read(report)
      .catch((error: unknown) => {
        disposeState(state);
        throw error;
      })
      .finally(() => tf.dispose(report));
    this.stepMs = (performance.now() - begin) / losses.length;
    return this.accept(state, values);
  }

  dispose(): void {
    disposeState(this.state);
    if (this.previous) disposeState(this.previous.state);
  }

  /** Takes up to `count` steps without waiting for the device. */
  private issue(count: number, deadline: number): { state: OptimiserState; losses: tf.Scalar[] } {
    const losses: tf.Scalar[] = [];
    let state = this.state;
    do {
      const step = this.step + losses.length;
      const next = trainingStep(state, this.architecture, this.examples.at(step), step, this.settings);
      if (state !== this.state) disposeState(state);
      state = next.state;
      losses.push(next.loss);
    } while (losses.length < count && performance.now() < deadline);
    return { state, losses };
  }

  /** Takes over `state` if all is well. `values`: the losses, then the root mean square of the parameters. */
  private accept(state: OptimiserState, values: Float32Array): Progress {
    const losses = values.subarray(0, -1);
    const size = values[losses.length];
    const bad = losses.findIndex((loss) => !(loss < EXPLODED_LOSS));
    if (bad < 0 && size < EXPLODED_WEIGHTS) {
      if (this.previous) disposeState(this.previous.state);
      this.previous = { state: this.state, step: this.step };
      this.state = state;
      this.step += losses.length;
      return { losses: losses.slice(), divergence: null };
    }
    disposeState(state);
    const good = bad < 0 ? losses.length : bad;
    const brokeAfter = this.step + good;
    if (bad === 0) this.fallBack();
    const what =
      bad < 0 ? `weights grew to ${size.toPrecision(3)}` : `loss became ${losses[bad].toPrecision(3)}`;
    this.divergence =
      `Training broke down after step ${brokeAfter}: the ${what}. The weights of step ${this.step} are kept. ` +
      `Try a smaller train.learningRate than ${this.settings.learningRate}.`;
    return { losses: losses.slice(0, good), divergence: this.divergence };
  }

  private fallBack(): void {
    if (!this.previous) return;
    disposeState(this.state);
    this.state = this.previous.state;
    this.step = this.previous.step;
    this.previous = null;
  }
}

function rootMeanSquare(state: OptimiserState): tf.Tensor1D {
  return tf.sqrt(tf.mean(tf.square(state.parameters))).as1D();
}

/** One gradient step; the caller owns the new state and the loss. */
export function trainingStep(
  state: OptimiserState,
  architecture: Architecture,
  { inputs, targets, weights }: Examples,
  step: number,
  settings: Pick<TrainingSettings, 'steps' | 'learningRate'>,
): { state: OptimiserState; loss: tf.Scalar } {
  return tf.tidy(() => {
    const rows = targets.length / architecture.outputs;
    const x = tf.tensor2d(inputs, [rows, architecture.inputs]);
    const y = tf.tensor2d(targets, [rows, architecture.outputs]);
    const factors = weights && tf.tensor2d(weights, [rows, 1]);
    const layers = layersOf(state.parameters, architecture);
    const { value, grads } = tf.valueAndGrads((...views: tf.Tensor[]) =>
      meanSquare(y, forward(asLayers(views), x), factors),
    )(layers.flatMap(({ weights, bias }) => [weights, bias]));
    const gradient = tf.concat1d(grads.map((part) => part.as1D()));
    const rate = learningRateAt(step, settings.steps, settings.learningRate);
    return { state: adamStep(state, gradient, step, rate), loss: value as tf.Scalar };
  });
}

/** Mean over rows and coordinates of the squared error, each row times its factor. */
function meanSquare(targets: tf.Tensor2D, answers: tf.Tensor2D, factors: tf.Tensor2D | null): tf.Scalar {
  if (!factors) return tf.losses.meanSquaredError(targets, answers);
  return tf.mean(tf.mul(factors, tf.squaredDifference(targets, answers)));
}

function asLayers(views: readonly tf.Tensor[]): Layer[] {
  return Array.from({ length: views.length / 2 }, (_, i) => ({
    weights: views[2 * i] as tf.Tensor2D,
    bias: views[2 * i + 1] as tf.Tensor1D,
  }));
}
