/** What follows from an experiment, each answer made once: experiments never change. */
import { families } from '../../catalog.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { ParamSpecs } from '../../core/params/params.ts';
import { settingsOf } from '../../core/settings/settings.ts';
import * as shapes from '../../core/settings/shapes.ts';
import { LEARNED_CV } from '../../core/systems/learned-cv.ts';

export function remembered<R>(answer: (experiment: Experiment) => R): (experiment: Experiment) => R {
  const known = new WeakMap<Experiment, { readonly value: R }>();
  return (experiment) => {
    const before = known.get(experiment);
    if (before) return before.value;
    const value = answer(experiment);
    known.set(experiment, { value });
    return value;
  };
}

export const settingsFor: (experiment: Experiment) => ParamSpecs = remembered((experiment) =>
  settingsOf(families, experiment),
);

const keysOf = remembered((_experiment) => new Map<string, string>());

/** Text that changes when a setting does on which a result depends. */
export function keyOf(experiment: Experiment, dependence: shapes.Dependence): string {
  const keys = keysOf(experiment);
  const name = String(dependence);
  const key = keys.get(name) ?? shapes.keyOf(families, experiment, dependence);
  keys.set(name, key);
  return key;
}

/** Settings that differ, those of `a` first: all, or those on which a result depends. */
export function changedKeys(a: Experiment, b: Experiment, dependence?: shapes.Dependence): string[] {
  return shapes.changedKeys(families, a, b, dependence);
}

/** Text that changes when the slow variable does; of a learned one that is when its map does. */
export const cvKey: (experiment: Experiment) => string = remembered((experiment) =>
  shapes.variableKey(families, experiment),
);

export function isLearned({ cv }: Experiment): boolean {
  return cv === LEARNED_CV.id;
}
