/**
 * The Experiment: one flat, frozen record that is the only source for link, store, controls, workers and headless
 * runs. Its keys are the query keys, word for word; `settingsOf` lists them with their specs.
 */

import type { ParamSpecs, ParamValue, ParamValues, Values } from './params.ts';

export interface Experiment {
  readonly station: string;
  readonly seed: number;
  readonly system: string;
  readonly kT: number;
  readonly cv: string;
  readonly start: string;
  readonly target: string;
  readonly walkers: number;
  readonly time: number;
  readonly integrator: string;
  readonly method: string;
  readonly budget: number;
  readonly reweight: string;
  readonly observable: string;
  readonly data: string;
  readonly schedule: string;
  readonly generator: string;
  readonly samples: number;
  readonly sigma: number;
  readonly at: readonly number[];
  readonly denoiser: 'network' | 'exact';
  readonly also: string;
  readonly alsoAt: number;
  readonly arms: string;
  /** Declared by every integrator. */
  readonly 'integrator.dt': number;
  readonly [member: `${Group}.${string}`]: ParamValue;
}

/** Key prefixes that hold the parameters of a family member or of a fixed group. */
export type Group =
  | 'system'
  | 'integrator'
  | 'method'
  | 'data'
  | 'network'
  | 'train'
  | 'schedule'
  | 'generator'
  | 'condition'
  | 'couple'
  | 'close';

/** Value of any setting, by query key. */
export function settingValue(experiment: Experiment, key: string): ParamValue {
  return (experiment as unknown as ParamValues)[key];
}

/** Parameters of one group: `group(experiment, 'system')` is `{ barrier: 5, ... }`. */
export function group(experiment: object, name: Group): ParamValues {
  const start = `${name}.`;
  return Object.fromEntries(
    Object.entries(experiment)
      .filter(([key]) => key.startsWith(start))
      .map(([key, value]) => [key.slice(start.length), value]),
  );
}

/** Reads the settings of a group, as its specs describe them. */
export function groupReader<S extends ParamSpecs>(name: Group): (experiment: object) => Values<S> {
  return (experiment) => group(experiment, name) as unknown as Values<S>;
}
