/** Training by denoising score matching, a few steps at a time. */
import * as tf from '@tensorflow/tfjs';
import { RandomStream } from '../core/random.ts';
import { ExampleSource, type Examples, inputCount, type TrainingSet } from './examples.ts';
import { type Architecture, forward, initialParameters, type Layer, layersOf } from './network.ts';
import { adamStep, disposeState, initialState, learningRateAt, type OptimiserState } from './optimiser.ts';

/** The loss of a network that answers zero is 1: far above it the run is lost. */
const EXPLODED = 1e3;

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
    const report = tf.tidy(() => tf.concat1d([tf.stack(losses) as tf.Tensor1D, sumOfSquares(state)]));
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

  /** Takes over `state` if everything in it is finite. `values`: the losses, then the squared length of the weights. */
  private accept(state: OptimiserState, values: Float32Array): Progress {
    const bad = values.findIndex((v, i) => !(v < (i < values.length - 1 ? EXPLODED : Number.MAX_VALUE)));
    if (bad < 0) {
      disposeState(this.state);
      this.state = state;
      this.step += values.length - 1;
      return { losses: values.slice(0, -1), divergence: null };
    }
    disposeState(state);
    const at = this.step + Math.min(bad, values.length - 2) + 1;
    const what = bad < values.length - 1 ? `loss became ${values[bad].toPrecision(3)}` : 'weights overflowed';
    this.divergence =
      `Training broke down at step ${at}: the ${what}. The weights of step ${this.step} are kept. ` +
      `Try a smaller train.learningRate than ${this.settings.learningRate}.`;
    return { losses: values.slice(0, bad), divergence: this.divergence };
  }
}

function sumOfSquares(state: OptimiserState): tf.Tensor1D {
  return tf.sum(tf.square(state.parameters)).as1D();
}

/** One gradient step; the caller owns the new state and the loss. */
export function trainingStep(
  state: OptimiserState,
  architecture: Architecture,
  { inputs, targets }: Examples,
  step: number,
  settings: Pick<TrainingSettings, 'steps' | 'learningRate'>,
): { state: OptimiserState; loss: tf.Scalar } {
  return tf.tidy(() => {
    const rows = targets.length / architecture.outputs;
    const x = tf.tensor2d(inputs, [rows, architecture.inputs]);
    const y = tf.tensor2d(targets, [rows, architecture.outputs]);
    const layers = layersOf(state.parameters, architecture);
    const { value, grads } = tf.valueAndGrads((...views: tf.Tensor[]) =>
      tf.losses.meanSquaredError(y, forward(asLayers(views), x)),
    )(layers.flatMap(({ weights, bias }) => [weights, bias]));
    const gradient = tf.concat1d(grads.map((part) => part.as1D()));
    const rate = learningRateAt(step, settings.steps, settings.learningRate);
    return { state: adamStep(state, gradient, step, rate), loss: value as tf.Scalar };
  });
}

function asLayers(views: readonly tf.Tensor[]): Layer[] {
  return Array.from({ length: views.length / 2 }, (_, i) => ({
    weights: views[2 * i] as tf.Tensor2D,
    bias: views[2 * i + 1] as tf.Tensor1D,
  }));
}
