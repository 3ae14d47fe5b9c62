/** Every family by id, as `src/catalog.ts` collects them. */

import type { CouplingFamilies } from '../coupling/contract.ts';
import type { Message } from '../message.ts';
import type { Points } from '../numerics/results.ts';
import type { Experiment } from '../params/experiment.ts';
import type { Aspect } from '../params/params.ts';
import type { StationFamilies } from '../params/station.ts';

export interface Families extends CouplingFamilies, StationFamilies {
  /** Sources of training data, in their order. */
  readonly datasets: Readonly<Record<string, Dataset>>;
}

/** How a person brings states. They stay in the page, and no link holds them. */
export type OwnData = 'file' | 'drawn';

export interface TrainingStates {
  readonly points: Points;
  /** What they cost. */
  readonly forceEvaluations: number;
  /** What a person should know of them. */
  readonly remarks: readonly Message[];
}

/**
 * Contract of a source of training data: a member is one file `<id>.dataset.ts` with a default export. It stands beside
 * `Families`, all of which it is given: data may come from a run of any kind.
 */
export interface Dataset {
  /** Place in the menu. */
  readonly order: number;
  /** What shapes its states beside the seed, the density and the settings of the data. */
  readonly dependsOn: readonly Aspect[];
  /** Settings of the run that makes them, by key; `method.*` are all parameters of the method. */
  readonly settings?: readonly string[];
  /** They are independent samples of equilibrium, which stations show anyway and which miss nothing. */
  readonly isEquilibrium?: boolean;
  /** Where a person brings them. */
  readonly own?: OwnData;
  /** Force evaluations that they need, about; none when absent. */
  cost?(experiment: Experiment): number;
  /**
   * `data.n` states at most: a pure function of the experiment, and of what a person brings.
   * @param own states of a file or drawn by hand, row by row
   * @throws Problem that says why there are none
   */
  states(
    experiment: Experiment,
    families: Families,
    own: Float32Array | null,
  ): TrainingStates | Promise<TrainingStates>;
}
