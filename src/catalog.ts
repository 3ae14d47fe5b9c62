/** The catalogue: the folder is the registry. One file in a family's folder is one member, its name is its id. */
import { LearnedCoordinates } from './core/coarse/learned.ts';
import type { Families, Generator, Integrator, Schedule, System } from './core/families.ts';
import type { Method } from './core/method.ts';

type Modules<T> = Record<string, { default: T }>;

function members<T>(modules: Modules<T>): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(modules).map(([path, module]) => [path.replace(/^.*\/|\.ts$/g, ''), module.default]),
  );
}

/** Coordinates that were learned in this page or worker, or given to it. */
export const learnedCoordinates = new LearnedCoordinates();

export const families: Families = {
  learned: (experiment) => learnedCoordinates.of(families, experiment),
  systems: members<System>(
    import.meta.glob(['./core/systems/*.ts', '!./core/systems/*.test.ts'], { eager: true }),
  ),
  integrators: members<Integrator>(
    import.meta.glob(['./core/integrators/*.ts', './core/mcmc/*.ts', '!./core/**/*.test.ts'], {
      eager: true,
    }),
  ),
  methods: members<Method>(
    import.meta.glob(['./core/methods/*.ts', '!./core/methods/*.test.ts'], { eager: true }),
  ),
  schedules: members<Schedule>(
    import.meta.glob(['./core/schedules/*.ts', '!./core/schedules/*.test.ts'], { eager: true }),
  ),
  generators: members<Generator>(
    import.meta.glob(['./core/generators/*.ts', '!./core/generators/*.test.ts'], { eager: true }),
  ),
};
