/** The catalogue: the folder is the registry. One file in a family's folder is one member, its name is its id. */
import { LearnedCoordinates } from './core/coarse/map/learned.ts';
import type { CoupledMethod } from './core/coupling/contract.ts';
import type { Integrator } from './core/dynamics/contract.ts';
import type { Estimator } from './core/estimators/contract.ts';
import type { Generator, Schedule } from './core/generative/contract.ts';
import type { StationTraits } from './core/params/station.ts';
import type { Method } from './core/sampling/method.ts';
import type { Dataset, Families } from './core/settings/families.ts';
import type { System } from './core/systems/contract.ts';

type Modules<T> = Record<string, { default: T }>;

export function members<T>(modules: Modules<T>): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(modules).map(([path, module]) => [
      path.replace(/^.*\/|\.\w+\.tsx?$/g, ''),
      module.default,
    ]),
  );
}

/** Members that know their ids: what they tell of themselves is put into words by id. */
function identified<T extends object>(family: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(family).map(([id, member]) => [id, { ...member, id }]));
}

/** Members in their order. */
export function inOrder<T extends { readonly order: number }>(members: Readonly<Record<string, T>>) {
  return Object.fromEntries(Object.entries(members).sort(([, a], [, b]) => a.order - b.order));
}

/** Coordinates that were learned in this page or worker, or given to it. */
export const learnedCoordinates = new LearnedCoordinates();

export const families: Families = {
  stations: inOrder(members<StationTraits>(import.meta.glob('./stations/*/*.traits.ts', { eager: true }))),
  learned: (experiment) => learnedCoordinates.of(families, experiment),
  systems: identified(members<System>(import.meta.glob('./core/systems/**/*.system.ts', { eager: true }))),
  integrators: identified(
    members<Integrator>(import.meta.glob('./core/dynamics/**/*.integrator.ts', { eager: true })),
  ),
  estimators: inOrder(
    members<Estimator>(import.meta.glob('./core/estimators/**/*.estimator.ts', { eager: true })),
  ),
  coupledMethods: inOrder(
    members<CoupledMethod>(import.meta.glob('./core/coupling/**/*.coupled.ts', { eager: true })),
  ),
  datasets: inOrder(members<Dataset>(import.meta.glob('./core/datasets/**/*.dataset.ts', { eager: true }))),
  methods: members<Method>(import.meta.glob('./core/sampling/**/*.method.ts', { eager: true })),
  schedules: members<Schedule>(import.meta.glob('./core/generative/**/*.schedule.ts', { eager: true })),
  generators: members<Generator>(import.meta.glob('./core/generative/**/*.generator.ts', { eager: true })),
};
