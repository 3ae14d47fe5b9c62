/** What figures need to know of the system of an experiment. */
import { families } from '../../catalog.ts';
import { type Experiment, group } from '../../core/experiment.ts';
import type { CollectiveVariable } from '../../core/families.ts';
import { systemOf as resolvedSystem } from '../../core/model.ts';
import type { ConditionalLaw } from '../../core/protocol.ts';
import { cvOf, type ResolvedSystem } from '../../core/system.ts';
import type { Level } from '../../plots/trace.ts';

export function systemOf(experiment: Experiment): ResolvedSystem {
  return resolvedSystem(experiment, families);
}

export function cvOfExperiment(experiment: Experiment): CollectiveVariable {
  return cvOf(systemOf(experiment), experiment.cv);
}

/** Index of the coordinate that the slow variable is. */
export function cvCoordinate(experiment: Experiment): number {
  return Math.max(0, systemOf(experiment).coordinates.indexOf(cvOfExperiment(experiment).value));
}

/** Energy of the highest stated pass above the deepest minimum. */
export function highestPass(experiment: Experiment): number {
  const { minima, saddles } = systemOf(experiment).facts;
  const energies = (points: typeof minima) => points.map(({ energy }) => energy);
  return saddles.length > 0 ? Math.max(...energies(saddles)) - Math.min(...energies(minima)) : 0;
}

/** The minima, where the slow variable has them. */
export function wells(experiment: Experiment): Level[] {
  const d = cvCoordinate(experiment);
  return systemOf(experiment).facts.minima.map(({ name, at }) => ({ name, value: at[d] }));
}

/** Text that changes when the energy does. */
export function energyKey(experiment: Experiment): string {
  return JSON.stringify([experiment.system, group(experiment, 'system')]);
}

/** Range of the coordinate that a conditional law leaves free. */
export function rangeOfRest(experiment: Experiment, law: ConditionalLaw): readonly [number, number] {
  const { coordinates, domain } = systemOf(experiment);
  return domain[coordinates.indexOf(law.coordinate)];
}
