/** What the page sees of a model in training, and when that is out of date. */
import type * as Comlink from 'comlink';
import type { Points } from '../../core/channels.ts';
import type { Experiment } from '../../core/experiment.ts';
import type { LearnApi, Resumption } from '../../core/learn-protocol.ts';
import type { VectorField } from '../../core/protocol.ts';
import { changedKeys } from '../link.ts';
import type { ValidationLosses } from './training-record.ts';

export interface Progress {
  readonly step: number;
  readonly steps: number;
  /** Wall time spent on training. */
  readonly seconds: number;
  readonly secondsLeft: number | null;
  readonly losses: Float32Array;
  /** Steps that were taken before the losses begin: those of a model from a file. */
  readonly first: number;
  /** On states held out of training, if there are any. */
  readonly validation: ValidationLosses;
  /** The last move to another backend after the loss of a device. */
  readonly resumed: Resumption | null;
}

export const NO_PROGRESS: Progress = {
  step: 0,
  steps: 0,
  seconds: 0,
  secondsLeft: null,
  losses: new Float32Array(),
  first: 0,
  validation: [],
  resumed: null,
};

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
export type Errand = (
  call: <R>(use: (api: Comlink.Remote<LearnApi>) => Promise<R>) => Promise<R>,
  hurry: () => boolean,
  countNetworkEvaluations: (evaluations: number) => void,
) => Promise<void>;

export interface Field extends VectorField {
  readonly sigma: number;
}

export interface Wishes {
  readonly sigma?: number;
  readonly generation?: { readonly count: number; readonly at: number | null };
}

/** Settings on which a model depends; the rest only changes what is asked of it. */
const SHAPES_MODEL = /^(seed|system|kT|data|network|train)(\.|$)/;
const SHAPES_SIMULATED_DATA = /^(start|walkers|time|integrator)(\.|$)/;
const SHAPES_BIASED_DATA = /^(start|cv|method|budget|integrator)(\.|$)/;

/** Names of settings that differ from those that the model was trained on. */
export function staleKeys(trainedOn: Experiment, now: Experiment, conditional: boolean): string[] {
  const [simulated, biased] = ['simulation', 'biased'].map(
    (source) => now.data === source || trainedOn.data === source,
  );
  return changedKeys(trainedOn, now).filter(
    (key) =>
      SHAPES_MODEL.test(key) ||
      (conditional && key === 'cv') ||
      (simulated && SHAPES_SIMULATED_DATA.test(key)) ||
      (biased && SHAPES_BIASED_DATA.test(key)),
  );
}
