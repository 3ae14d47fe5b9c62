/** One model in training: data, network and how both are scaled. */
import type { Points } from '../core/channels.ts';
import type { TrainingData } from '../core/dataset.ts';
import { pathOf } from '../core/diffusion.ts';
import { type Experiment, group } from '../core/experiment.ts';
import type { Families } from '../core/families.ts';
import type { Standardisation } from '../core/protocol.ts';
import { RandomStream } from '../core/random.ts';
import { type Architecture, architectureOf, type NetworkSettings } from './architecture.ts';
import { drawBuffer, fillUniforms } from './draws.ts';
import type { TrainingSet } from './examples.ts';
import type { Weighting } from './loss-weight.ts';
import { flatSampler, plainSampler } from './minibatch.ts';
import type { Objective } from './objectives.ts';
import { standardisationOf, standardise } from './standardise.ts';
import { type ReadBack, Training, type TrainingSettings } from './training.ts';

export interface Session {
  readonly experiment: Experiment;
  readonly training: Training;
  readonly settings: TrainingSettings;
  readonly scale: Standardisation;
  readonly cvScale: Standardisation;
  readonly conditional: boolean;
}

/** What the experiment says of training, beside the network. */
interface TrainSettings {
  readonly steps: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly objective: Objective;
  readonly weighting: Weighting;
  readonly validation: number;
  readonly dropCondition: number;
}

export function trainingSettings(experiment: Experiment): TrainingSettings {
  const network = group(experiment, 'network') as unknown as NetworkSettings;
  const { steps, batch, learningRate, objective } = trainOf(experiment);
  return { seed: experiment.seed, ...network, steps, batch, learningRate, objective };
}

/** The network that an experiment trains on states of this dimension. */
export function architectureFor(experiment: Experiment, dimension: number): Architecture {
  const conditions = experiment.station === 'condition' ? 1 : 0;
  return architectureOf(trainingSettings(experiment), dimension, {
    conditions,
    nullable: conditions > 0 && trainOf(experiment).dropCondition > 0,
  });
}

export interface SessionOptions {
  readonly read: ReadBack;
  /** Those of the data when absent; a model from a file brings its own. */
  readonly scales?: Pick<Session, 'scale' | 'cvScale'>;
}

/** A model with its first weights, on the backend that is active. */
export function newSession(
  experiment: Experiment,
  families: Families,
  data: TrainingData,
  { read, scales }: SessionOptions,
): Session {
  const conditional = experiment.station === 'condition';
  const { weighting, validation, dropCondition } = trainOf(experiment);
  const settings = trainingSettings(experiment);
  const { kept, heldOut } = split(data, validation, experiment.seed);
  const samplerOf = ({ cv }: Samples) =>
    conditional && experiment['data.flat'] === true ? flatSampler(cv) : plainSampler(cv.length);
  const { probabilities } = samplerOf(kept);
  const { scale, cvScale } = scales ?? {
    scale: standardisationOf(kept.points, probabilities),
    cvScale: standardisationOf({ dimension: 1, values: kept.cv }, probabilities),
  };
  const setOf = (samples: Samples): TrainingSet => ({
    dimension: samples.points.dimension,
    states: standardise(samples.points, scale).values,
    conditions: conditional ? [standardise({ dimension: 1, values: samples.cv }, cvScale).values] : [],
    dropCondition: conditional ? dropCondition : 0,
    sampler: samplerOf(samples),
    path: pathOf(experiment, families),
    weighting,
  });
  const training = new Training(setOf(kept), settings, read, heldOut && setOf(heldOut));
  return { experiment, training, settings, scale, cvScale, conditional };
}

function trainOf(experiment: Experiment): TrainSettings {
  return group(experiment, 'train') as unknown as TrainSettings;
}

interface Samples {
  readonly points: Points;
  readonly cv: Float32Array;
}

/** Holds a random share of the states out of training; at least one state stays on either side. */
function split(data: Samples, share: number, seed: number): { kept: Samples; heldOut: Samples | null } {
  if (share === 0) return { kept: data, heldOut: null };
  const count = data.cv.length;
  const uniforms = drawBuffer(count);
  fillUniforms(new RandomStream(seed, 'held-out states'), 0, uniforms);
  const out = Array.from({ length: count }, (_, i) => (i === 0 ? false : i === 1 || uniforms[i] < share));
  return { kept: rows(data, out, false), heldOut: rows(data, out, true) };
}

function rows(
  { points: { dimension, values }, cv }: Samples,
  marks: readonly boolean[],
  mark: boolean,
): Samples {
  return {
    points: { dimension, values: values.filter((_, i) => marks[Math.floor(i / dimension)] === mark) },
    cv: cv.filter((_, i) => marks[i] === mark),
  };
}
