/** What figures need to know of the system of an experiment. */

import { families, learnedCoordinates } from '../../catalog.ts';
import { shapeProblem } from '../../core/coupling/problem.ts';
import type { ConditionalDistribution } from '../../core/numerics/results.ts';
import { type Experiment, group } from '../../core/params/experiment.ts';
import type { CollectiveVariable } from '../../core/systems/contract.ts';
import { systemOf as resolvedSystem, SystemModel } from '../../core/systems/model.ts';
import { cvOf, type ResolvedSystem } from '../../core/systems/resolved.ts';
import type { Level } from '../../plots/trace.ts';
import { say, text, titleOf } from '../../text/index.ts';
import { cvKey, isLearned, keyOf, remembered } from './derived.ts';

const MOST_SYSTEMS = 8;
const systems = new Map<string, ResolvedSystem>();

/** The same object as long as it is the same system. */
export const systemOf: (experiment: Experiment) => ResolvedSystem = remembered((experiment) => {
  const key = keyOf(experiment, 'energy');
  const system = systems.get(key) ?? resolvedSystem(experiment, families);
  systems.delete(key);
  systems.set(key, system);
  for (const oldest of systems.keys()) if (systems.size > MOST_SYSTEMS) systems.delete(oldest);
  return system;
});

let last: { readonly key: string; readonly model: SystemModel } | undefined;

/** The model of an experiment; the last one is kept. */
export function modelOf(experiment: Experiment): SystemModel {
  const key = energyKey(experiment);
  if (last?.key !== key) {
    // Never made here, where it would hold up the page: stations wait until it is known.
    const learned = isLearned(experiment) ? learnedCoordinates.find(families, experiment) : null;
    const system = families.systems[experiment.system];
    last = {
      key,
      model: new SystemModel(learned ? { ...system, learned } : system, group(experiment, 'system')),
    };
  }
  return last.model;
}

export function hasPotential(experiment: Experiment): boolean {
  return systemOf(experiment).energy !== null;
}

/** Whether quadrature over the coordinates gives the equilibrium density. */
export function hasExactDensity(experiment: Experiment): boolean {
  return hasPotential(experiment) && systemOf(experiment).coordinates.length <= 2;
}

/** Why the stations that learn cannot use a system, or null. */
export function learningProblem(experiment: Experiment): string | null {
  const { coordinates } = systemOf(experiment);
  const title = titleOf('system', experiment.system);
  if (!hasPotential(experiment)) return text.parts.unavailable.noPotential(title);
  if (coordinates.length !== 2) return text.parts.unavailable.twoCoordinates(title, coordinates.length);
  return null;
}

/** Why the loop of station Couple cannot go round in the system, or null. */
export const couplingProblem: (experiment: Experiment) => string | null = remembered((experiment) => {
  const problem = shapeProblem(experiment, families);
  return problem && say(problem);
});

export function cvOfExperiment(experiment: Experiment): CollectiveVariable {
  return cvOf(systemOf(experiment), experiment.cv);
}

/** The range of the landscape above where the slow variable is its first coordinate, so that both axes line up. */
export const shownRange: (experiment: Experiment) => readonly [number, number] = remembered((experiment) => {
  const { value, range } = cvOfExperiment(experiment);
  const { coordinates, domain } = systemOf(experiment);
  return value === coordinates[0] ? domain[0] : range;
});

/** Index of the coordinate that the slow variable is; -1 if it is none. */
export function cvCoordinate(experiment: Experiment): number {
  return systemOf(experiment).coordinates.indexOf(cvOfExperiment(experiment).value);
}

/** Energy of the highest stated pass above the deepest minimum. */
export function highestPass(experiment: Experiment): number {
  const { minima, saddles } = systemOf(experiment).facts;
  const energies = (points: typeof minima) => points.map(({ energy }) => energy);
  return saddles.length > 0 ? Math.max(...energies(saddles)) - Math.min(...energies(minima)) : 0;
}

/** The minima, where the slow variable has them. */
export function wells(experiment: Experiment): Level[] {
  const { minima } = systemOf(experiment).facts;
  if (minima.length === 0) return [];
  const cv = modelOf(experiment).observable(cvOfExperiment(experiment).value);
  return minima.map(({ name, at }) => ({ name, value: cv.at(at)[0] }));
}

/** What the page calls the place where walkers start: `the left well`. */
export function startName(experiment: Experiment): string {
  const { start } = experiment;
  if (!systemOf(experiment).facts.minima.some(({ name }) => name === start)) return text.parts.places.start;
  return start === 'well' ? text.parts.places.well : text.parts.places.named(start);
}

/** Text that changes when the energy does, or a slow variable that was learned. */
export function energyKey(experiment: Experiment): string {
  const energy = keyOf(experiment, 'energy');
  return isLearned(experiment) ? `${energy} ${cvKey(experiment)}` : energy;
}

/** Range of the coordinate that a conditional distribution leaves free. */
export function rangeOfRest(
  experiment: Experiment,
  distribution: ConditionalDistribution,
): readonly [number, number] {
  const { coordinates, domain } = systemOf(experiment);
  return domain[coordinates.indexOf(distribution.coordinate)];
}

/** The same place of a periodic coordinate within one period. */
export function withinPeriod(value: number, [low, high]: readonly [number, number]): number {
  const turns = (value - low) / (high - low);
  return low + (turns - Math.floor(turns)) * (high - low);
}
