/** Training of a score network, a few steps at a time. */

import * as tf from '@tensorflow/tfjs';
import type { NetworkSettings } from '../core/generative/training-settings.ts';
import type { Message } from '../core/message.ts';
import { RandomStream } from '../core/numerics/random.ts';
import type { Checkpoint } from '../core/protocol/learn.ts';
import { type Architecture, architectureOf } from './architecture.ts';
import { ExampleSource, type Examples, type TrainingSet } from './examples.ts';
import { message } from './messages.ts';
import { initialParameters } from './network.ts';
import { lossAndGradient, lossOf, type Objective } from './objectives.ts';
import {
  adamStep,
  disposeState,
  learningRateAt,
  type OptimiserState,
  startingPoint,
  stateOf,
} from './optimiser.ts';

/** The loss of a network that answers zero is 1: far above it the run is lost. */
const EXPLODED_LOSS = 1e3;
/** Root mean square of the parameters, of order 1 in a healthy network: the loss on exploded ones comes a step too late. */
const EXPLODED_WEIGHTS = 100;
/** Time after which the weights are copied to the memory of the processor. */
const CHECKPOINT_MS = 2000;
/** Steps between two looks at the held-out states, and the minibatches looked at. */
const VALIDATION_INTERVAL = 50;
const VALIDATION_BATCHES = 4;

export interface TrainingSettings extends NetworkSettings {
  readonly seed: number;
  readonly steps: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly objective: Objective;
}

/** Reads a tensor back; rejects when the device is lost meanwhile. */
export type ReadBack = (tensor: tf.Tensor) => Promise<Float32Array>;

/** Loss of the averaged weights on held-out states after so many steps. */
export interface Validation {
  readonly step: number;
  readonly loss: number;
}

export interface Progress {
  /** Loss of each step since the last answer. */
  readonly losses: Float32Array;
  readonly validation: readonly Validation[];
  readonly divergence: Message | null;
}

/** Steps that were issued and not yet judged. */
interface Issued {
  readonly state: OptimiserState;
  readonly losses: readonly tf.Scalar[];
  readonly validation: readonly { readonly step: number; readonly loss: tf.Scalar }[];
}

const NOTHING: Omit<Progress, 'divergence'> = { losses: new Float32Array(0), validation: [] };

export class Training {
  readonly architecture: Architecture;
  step = 0;
  divergence: Message | null = null;
  /** The last copy of the weights in the memory of the processor. */
  checkpoint: Checkpoint;
  private readonly examples: ExampleSource;
  private readonly heldOut: readonly Examples[];
  private state: OptimiserState;
  /** The state before, until the loss on `state` is known to be sound. */
  private previous: { readonly state: OptimiserState; readonly step: number } | null = null;
  private stepMs = Number.POSITIVE_INFINITY;
  private checkpointAt = performance.now();

  /** @param heldOut states on which the loss is looked at now and then, or null */
  constructor(
    data: TrainingSet,
    private readonly settings: TrainingSettings,
    private readonly read: ReadBack,
    heldOut: TrainingSet | null = null,
  ) {
    const { seed, batch, objective } = settings;
    this.architecture = architectureOf(settings, data.dimension, {
      conditions: data.conditions.length,
      nullable: data.dropCondition > 0,
    });
    const source = { batch, seed, sliced: objective === 'sliced' };
    this.examples = new ExampleSource(data, this.architecture, source);
    const looks =
      heldOut && new ExampleSource(heldOut, this.architecture, { ...source, purpose: 'held out ' });
    this.heldOut = looks ? Array.from({ length: VALIDATION_BATCHES }, (_, i) => looks.at(i)) : [];
    this.checkpoint = startingPoint(
      initialParameters(this.architecture, new RandomStream(seed, 'initial weights')),
    );
    this.state = stateOf(this.checkpoint);
  }

  get done(): boolean {
    return this.step >= this.settings.steps || this.divergence !== null;
  }

  /** Averaged parameters of the last good step; belongs to the training. */
  get parameters(): tf.Tensor1D {
    return this.state.average;
  }

  /** The minibatch of the next step. */
  get nextExamples(): Examples {
    return this.examples.at(this.step);
  }

  /** Parameters that the next step starts from, not averaged; belongs to the training. */
  get currentParameters(): tf.Tensor1D {
    return this.state.parameters;
  }

  /**
   * Takes as many steps as should fit into `budgetMs`, at least one and at most `most`; their losses are read back
   * together.
   */
  async advance(budgetMs: number, most = Number.POSITIVE_INFINITY): Promise<Progress> {
    if (this.done) return { ...NOTHING, divergence: this.divergence };
    const begin = performance.now();
    const fit = Math.max(1, Math.floor(budgetMs / this.stepMs));
    const count = Math.min(fit, most, this.settings.steps - this.step);
    const issued = this.issue(count, begin + budgetMs);
    const values = await this.judge(issued);
    this.stepMs = (performance.now() - begin) / issued.losses.length;
    const progress = this.accept(issued, values);
    if (this.done || performance.now() - this.checkpointAt > CHECKPOINT_MS) await this.save();
    return progress;
  }

  /** Copies the weights to the memory of the processor. */
  async save(): Promise<Checkpoint> {
    const { step, state } = this;
    const [parameters, firstMoment, secondMoment, average] = await Promise.all(
      [state.parameters, state.firstMoment, state.secondMoment, state.average].map(this.read),
    );
    this.checkpoint = { step, parameters, firstMoment, secondMoment, average };
    this.checkpointAt = performance.now();
    return this.checkpoint;
  }

  /** Goes on from these weights, on the backend that is active now. Throws if they are those of another architecture. */
  restore(checkpoint: Checkpoint): void {
    const expected = this.checkpoint.parameters.length;
    const { length } = checkpoint.parameters;
    if (length !== expected) throw new Error(`${expected} parameters, not ${length}`);
    this.dispose();
    this.previous = null;
    this.state = stateOf(checkpoint);
    this.step = checkpoint.step;
    this.checkpoint = checkpoint;
    this.stepMs = Number.POSITIVE_INFINITY;
  }

  dispose(): void {
    disposeState(this.state);
    if (this.previous) disposeState(this.previous.state);
  }

  /** Takes up to `count` steps without waiting for the device. */
  private issue(count: number, deadline: number): Issued {
    const losses: tf.Scalar[] = [];
    const validation: { step: number; loss: tf.Scalar }[] = [];
    let state = this.state;
    do {
      const step = this.step + losses.length;
      const next = trainingStep(state, this.architecture, this.examples.at(step), step, this.settings);
      if (state !== this.state) disposeState(state);
      state = next.state;
      losses.push(next.loss);
      if (this.heldOut.length > 0 && (step + 1) % VALIDATION_INTERVAL === 0)
        validation.push({ step: step + 1, loss: this.heldOutLoss(state) });
    } while (losses.length < count && performance.now() < deadline);
    return { state, losses, validation };
  }

  private heldOutLoss({ average }: OptimiserState): tf.Scalar {
    const { objective } = this.settings;
    return tf.tidy(() => {
      const losses = this.heldOut.map((batch) => lossOf(average, this.architecture, objective, batch));
      return tf.mean(tf.stack(losses));
    });
  }

  /** Losses of the steps, those on held-out states, root mean square of the parameters. */
  private async judge({ state, losses, validation }: Issued): Promise<Float32Array> {
    const scalars = [...losses, ...validation.map(({ loss }) => loss)];
    const report = tf.tidy(() => tf.concat1d([tf.stack(scalars) as tf.Tensor1D, rootMeanSquare(state)]));
    tf.dispose(scalars);
    return this.read(report)
      .catch((error: unknown) => {
        disposeState(state);
        throw error;
      })
      .finally(() => tf.dispose(report));
  }

  /** Takes over the state if all is well. */
  private accept({ state, losses: steps, validation: looks }: Issued, values: Float32Array): Progress {
    const losses = values.subarray(0, steps.length);
    const size = values[values.length - 1];
    const validation = looks.map(({ step }, i) => ({ step, loss: values[steps.length + i] }));
    const bad = losses.findIndex((loss) => !(Math.abs(loss) < EXPLODED_LOSS));
    if (bad < 0 && size < EXPLODED_WEIGHTS) {
      if (this.previous) disposeState(this.previous.state);
      this.previous = { state: this.state, step: this.step };
      this.state = state;
      this.step += losses.length;
      return { losses: losses.slice(), validation, divergence: null };
    }
    disposeState(state);
    const good = bad < 0 ? losses.length : bad;
    const brokeAfter = this.step + good;
    if (bad === 0) this.fallBack();
    this.divergence = message('training-diverged', {
      step: brokeAfter,
      what: bad < 0 ? 'weights' : 'loss',
      value: bad < 0 ? size : losses[bad],
      kept: this.step,
      learningRate: this.settings.learningRate,
    });
    const kept = validation.filter(({ step }) => step < brokeAfter);
    return { losses: losses.slice(0, good), validation: kept, divergence: this.divergence };
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
  examples: Examples,
  step: number,
  { steps, learningRate, objective }: Pick<TrainingSettings, 'steps' | 'learningRate' | 'objective'>,
): { state: OptimiserState; loss: tf.Scalar } {
  return tf.tidy(() => {
    const { loss, gradient } = lossAndGradient(state.parameters, architecture, objective, examples);
    return { state: adamStep(state, gradient, step, learningRateAt(step, steps, learningRate)), loss };
  });
}
