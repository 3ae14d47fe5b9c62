/** What the page sees of a model in training, and when that is out of date. */

import { families } from '../../catalog.ts';
import { toldOf, usesNetwork } from '../../core/generative/conditioning/uses-network.ts';
import type { Points, VectorField } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { isConditional } from '../../core/params/station.ts';
import type { LearnApi } from '../../core/protocol/learn.ts';
import { modelAspects } from '../../core/settings/shapes.ts';
import { changedKeys } from '../parts/derived.ts';

export interface Generated {
  readonly points: Points;
  readonly at: number | null;
  /** The settings with which they are generated. */
  readonly experiment: Experiment;
  /** False while more are coming. */
  readonly done: boolean;
  /** Of this generation so far. */
  readonly networkEvaluations: number;
}

/** Work of lower rank for the worker of a model: what it begins replaces any generation. Ends early when in a hurry. */
export type BackgroundTask = (
  call: <R>(use: (api: LearnApi) => Promise<R>) => Promise<R>,
  hurry: () => boolean,
  countNetworkEvaluations: (evaluations: number) => void,
) => Promise<void>;

export interface Field extends VectorField {
  readonly sigma: number;
}

export interface Requests {
  readonly sigma?: number;
  readonly generation?: { readonly count: number; readonly at: number | null };
}

/** Whether a model is one of the system of an experiment (and of its slow variables, if its network is told them). */
export function isModelOf(trainedOn: Experiment | null, asked: Experiment): boolean {
  if (trainedOn?.system !== asked.system) return false;
  return (
    !isConditional(asked, families) || !usesNetwork(asked, families) || toldOf(trainedOn) === toldOf(asked)
  );
}

/** Names of settings that differ from those that the model was trained on. */
export function staleKeys(trainedOn: Experiment, now: Experiment, conditional: boolean): string[] {
  const aspects = [trainedOn, now].flatMap((experiment) => modelAspects(families, experiment, conditional));
  return changedKeys(trainedOn, now, aspects);
}
