/** Where the walkers of the windows begin. Layout of snapshots: `[number * walkers + walker]`. */

import type { Warning } from '../../estimators/finding.ts';
import type { BiasedEnsemble } from '../lab.ts';

export interface Starts {
  /** To be given to `BiasedEnsemble.place`. */
  readonly snapshot: Float64Array;
  /** For each walker 1 if it came to its window from the far side. */
  readonly backward: Uint8Array;
}

/** Walkers that find the starts. */
export interface Finder {
  readonly phase: 'phase-direct' | 'phase-drag';
  readonly walkers: BiasedEnsemble;
  /** Window to which these walkers are on their way. */
  readonly window: number;
  /** @param evaluations that it may spend @returns what is wrong with a spring, if anything */
  steps(evaluations: number): Generator<void, Warning | null, void>;
  starts(): Starts;
}
