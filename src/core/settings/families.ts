/** Every family by id, as `src/catalog.ts` collects them. */

import type { Integrator } from '../dynamics/contract.ts';
import type { Generator, Schedule } from '../generative/contract.ts';
import type { Experiment } from '../params/experiment.ts';
import type { Method } from '../sampling/method.ts';
import type { System } from '../systems/contract.ts';
import type { LearnedCoordinate } from '../systems/learned-cv.ts';

/** Every family by id. */
export interface Families {
  readonly systems: Readonly<Record<string, System>>;
  readonly integrators: Readonly<Record<string, Integrator>>;
  readonly methods: Readonly<Record<string, Method>>;
  readonly schedules: Readonly<Record<string, Schedule>>;
  readonly generators: Readonly<Record<string, Generator>>;
  /** The slow variable that the diffusion map of an experiment gives; takes seconds unless it is remembered. */
  readonly learned: (experiment: Experiment) => LearnedCoordinate;
}
