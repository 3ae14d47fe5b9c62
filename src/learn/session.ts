/** One model in training: data, network and how both are scaled. */

import type { TrainingData } from '../core/datasets/training-data.ts';
import { valuesOf } from '../core/generative/conditioning/level.ts';
import { pathOf } from '../core/generative/diffusion.ts';
import { conditionSettingsOf } from '../core/generative/generation-settings.ts';
import { dataSettingsOf, networkSettingsOf, trainSettingsOf } from '../core/generative/training-settings.ts';
import { Problem } from '../core/message.ts';
import { RandomStream } from '../core/numerics/random.ts';
import type { Points, Standardisation } from '../core/numerics/results.ts';
import type { Experiment } from '../core/params/experiment.ts';
import { isConditional, type StationFamilies } from '../core/params/station.ts';
import type { Families } from '../core/settings/families.ts';
import { settingOf } from '../core/systems/model.ts';
import { cvOf } from '../core/systems/resolved.ts';
import { type Architecture, architectureOf } from './architecture.ts';
import { drawBuffer, fillUniforms } from './draws.ts';
import type { TrainingSet } from './examples.ts';
import { message } from './messages.ts';
import { flatSampler, plainSampler } from './minibatch.ts';
import { standardisationOf, standardise } from './standardise.ts';
import { type ReadBack, Training, type TrainingSettings } from './training.ts';

export interface Session {
  readonly experiment: Experiment;
  readonly training: Training;
  readonly settings: TrainingSettings;
  readonly scale: Standardisation;
  readonly cvScale: Standardisation;
  /** The network was told the slow variables. */
  readonly conditional: boolean;
  /** All states, in the units of the coordinates and standardised. */
  readonly data: { readonly points: Points; readonly states: Float32Array };
}

export function trainingSettings(experiment: Experiment): TrainingSettings {
  const { steps, batch, learningRate, objective } = trainSettingsOf(experiment);
  return { seed: experiment.seed, ...networkSettingsOf(experiment), steps, batch, learningRate, objective };
}

/** Whether the network of an experiment is told the slow variable. */
function isTold(experiment: Experiment, families: StationFamilies): boolean {
  return isConditional(experiment, families) && conditionSettingsOf(experiment).by === 'network';
}

/** The network that an experiment trains on states of this dimension. */
export function architectureFor(
  experiment: Experiment,
  families: StationFamilies,
  dimension: number,
): Architecture {
  const conditions = isTold(experiment, families) ? (experiment.also === 'none' ? 1 : 2) : 0;
  return architectureOf(trainingSettings(experiment), dimension, {
    conditions,
    nullable: conditions > 0 && trainSettingsOf(experiment).dropCondition > 0,
  });
}

/** Differences of mean and deviation, in deviations, that rounding alone may make. */
const SAME_SCALE = 1e-6;

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
  const conditional = isTold(experiment, families);
  // A distribution given the slow variable does not depend on how that is distributed, in a guided model neither.
  const flat = isConditional(experiment, families) && dataSettingsOf(experiment).flat;
  const { weighting, validation, dropCondition } = trainSettingsOf(experiment);
  const settings = trainingSettings(experiment);
  const { kept, heldOut } = split(data, validation, experiment.seed);
  const samplerOf = ({ cv }: Samples) => (flat ? flatSampler(cv) : plainSampler(cv.length));
  const { model } = settingOf(experiment, families);
  const second = experiment.also === 'none' ? null : cvOf(model.system, experiment.also);
  const conditionsOf = ({ points, cv }: Samples): Points =>
    second && conditional
      ? { dimension: 2, values: interleaved(cv, valuesOf(model, second.value, points)) }
      : { dimension: 1, values: cv };
  const { probabilities } = samplerOf(kept);
  const found = {
    scale: standardisationOf(kept.points, probabilities),
    cvScale: standardisationOf(conditionsOf(kept), probabilities),
  };
  if (scales && families.datasets[experiment.data].own && !sameScale(found.scale, scales.scale))
    throw new Problem(message('model-of-other-states', {}));
  const { scale, cvScale } = scales ?? found;
  const setOf = (samples: Samples): TrainingSet => ({
    dimension: samples.points.dimension,
    states: standardise(samples.points, scale).values,
    conditions: conditional ? columns(standardise(conditionsOf(samples), cvScale)) : [],
    dropCondition: conditional ? dropCondition : 0,
    sampler: samplerOf(samples),
    path: pathOf(experiment, families),
    weighting,
  });
  const training = new Training(setOf(kept), settings, read, heldOut && setOf(heldOut));
  const all = { points: data.points, states: standardise(data.points, scale).values };
  return { experiment, training, settings, scale, cvScale, conditional, data: all };
}

/** Whether states of a file or a drawing are those of a model, as far as their mean and spread tell. */
function sameScale(a: Standardisation, b: Standardisation): boolean {
  return a.mean.every(
    (mean, d) =>
      Math.abs(mean - b.mean[d]) < SAME_SCALE * b.deviation[d] &&
      Math.abs(a.deviation[d] - b.deviation[d]) < SAME_SCALE * b.deviation[d],
  );
}

function interleaved(first: ArrayLike<number>, second: ArrayLike<number>): Float32Array {
  return Float32Array.from({ length: 2 * first.length }, (_, i) => (i % 2 === 0 ? first : second)[i >> 1]);
}

function columns({ dimension, values }: Points): Float32Array[] {
  return Array.from({ length: dimension }, (_, d) => values.filter((_, i) => i % dimension === d));
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
