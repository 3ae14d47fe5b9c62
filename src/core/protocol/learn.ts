/** What the page and the learning worker say to each other, by the rules of `protocol.ts`. */

import type { BackendId, BackendProbe } from '../generative/backends.ts';
import type { SamplePath } from '../generative/sample-path.ts';
import type { Message } from '../message.ts';
import type { Points, Standardisation, VectorField } from '../numerics/results.ts';
import type { Experiment } from '../params/experiment.ts';

export interface LearnInfo {
  readonly backend: BackendId;
  readonly probes: readonly BackendProbe[];
  readonly scale: Standardisation;
  /** A sample of the training states, for the picture. */
  readonly data: Points;
  readonly dataCount: number;
  /** Force evaluations that the data cost (none for exact samples). */
  readonly forceEvaluations: number;
  /** Range of the slow variable in the data. */
  readonly cvRange: readonly [number, number];
  /** The model as it is now. */
  readonly model: ModelState;
}

/** Vectors of the length of the parameters, as they stood after so many steps. */
export interface Checkpoint {
  readonly step: number;
  readonly parameters: Float32Array;
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
  /** Exponential moving average of the parameters: what generation uses. */
  readonly average: Float32Array;
}

/** With the states that the experiment makes, all that training needs to go on elsewhere as if it had never stopped. */
export interface ModelState {
  readonly experiment: Experiment;
  /** Units of the coordinates and of the slow variables. */
  readonly scale: Standardisation;
  readonly cvScale: Standardisation;
  readonly checkpoint: Checkpoint;
}

/** What one training step looked at, in the units of the coordinates. */
export interface Minibatch {
  /** Noisy states, row by row, and the noise of each in standard deviations of the data. */
  readonly noisy: Points;
  readonly sigmas: Float32Array;
  /** The clean state of each: what the network should answer. */
  readonly targets: Points;
  /** What it answered before the step. */
  readonly predictions: Points;
}

/** Training went on elsewhere after the loss of a device or of a worker. */
export interface Resumption {
  /** The backend whose device was lost; null when the worker was. */
  readonly from: BackendId | null;
  readonly to: BackendId;
  /** Step of the checkpoint; the losses after it are void and come again. */
  readonly step: number;
  readonly reason: Message;
}

export interface TrainingFrame {
  readonly step: number;
  readonly steps: number;
  readonly done: boolean;
  /** Loss of every step since the last frame. */
  readonly losses: Float32Array;
  /** Loss of the averaged weights on states held out of training, since the last frame. */
  readonly validation: readonly { readonly step: number; readonly loss: number }[];
  /** Of the last step, if single steps were asked for. */
  readonly minibatch: Minibatch | null;
  /** Set in the first frame after the device was lost. */
  readonly resumed: Resumption | null;
  /** A copy of the weights, every two seconds or so and at the end: what the page keeps in case the worker is lost. */
  readonly checkpoint: Checkpoint | null;
  readonly networkEvaluations: number;
  /** Set when loss or weights ceased to be finite: what happened and what to try. Training is over, the last good weights stay. */
  readonly divergence: Message | null;
}

/** A trained model as JSON. Vectors are little-endian float32 in base64. */
export interface ModelFile {
  readonly schema: 'saddle-model-1';
  /** The experiment as a link. */
  readonly experiment: string;
  readonly architecture: Readonly<Record<string, string | number | boolean>>;
  /** Units of the coordinates and of the slow variable. */
  readonly scale: Standardisation;
  readonly cvScale: Standardisation;
  readonly step: number;
  /** Averaged weights: what generation uses. */
  readonly weights: string;
  /** What training needs to go on as if it had never stopped; without it Adam starts anew from the averaged weights. */
  readonly optimiser: {
    readonly parameters: string;
    readonly firstMoment: string;
    readonly secondMoment: string;
  } | null;
}

export interface GeneratedFrame {
  /** States since the last frame. */
  readonly samples: Points;
  readonly generated: number;
  readonly done: boolean;
  readonly networkEvaluations: number;
}

export interface LearnApi {
  /**
   * Makes the data, chooses a backend (or takes the one asked for) and builds the network.
   * @param own states of a file or drawn by hand, row by row, where the experiment asks for them
   */
  start(experiment: Experiment, backend: BackendId | 'auto', own?: Float32Array | null): Promise<LearnInfo>;
  /**
   * Trains for `budgetMs` or so, or for at most `steps` steps. With `steps` 1 the frame has the minibatch. When the device is lost,
   * training goes on from the last checkpoint on another backend.
   */
  train(budgetMs: number, steps?: number): Promise<TrainingFrame>;
  /** The model with its experiment, for a file. */
  exportModel(): Promise<ModelFile>;
  /**
   * Takes up a model from a file: makes the data of its experiment, and goes on from its weights. Rejects with what is wrong with
   * the file; the model in training is then unharmed. @param own as for `start`; they must be those that it was trained on
   */
  importModel(file: unknown, backend: BackendId | 'auto', own?: Float32Array | null): Promise<LearnInfo>;
  /** Takes up a model that another worker has left. @param own as for `start` */
  resume(model: ModelState, backend: BackendId | 'auto', own: Float32Array | null): Promise<LearnInfo>;
  /** Begins a generation of `count` states, conditional if `at` is given; replaces the one before. */
  beginGeneration(experiment: Experiment, count: number, at: number | null): Promise<void>;
  generate(budgetMs: number): Promise<GeneratedFrame>;
  /** All training states, in the units of the coordinates. */
  trainingStates(): Promise<Points>;
  /**
   * Learned denoising displacement on an n x n grid over the domain, `sigma` in standard deviations of the data; of a
   * conditional model at the first value of `at`.
   */
  denoisingField(experiment: Experiment, sigma: number, n: number): Promise<VectorField>;
  /** Learned denoising displacement D - x at each point, of a model that is not conditional. */
  displacements(points: Points, sigma: number): Promise<Points>;
  /** The way of `count` samples of the experiment's generator, at most `most` frames of it; of a model that is not conditional. */
  samplePath(experiment: Experiment, count: number, most: number): Promise<SamplePath>;
  /**
   * Log density (natural, in the units of the coordinates) that the model gives to each point, by the probability flow between the largest
   * and smallest noise of the experiment's generator; at the value `at` of the slow variable if the model is conditional.
   */
  logLikelihood(
    experiment: Experiment,
    points: Points,
    at: number | null,
  ): Promise<{ readonly logDensity: Float64Array; readonly networkEvaluations: number }>;
}
