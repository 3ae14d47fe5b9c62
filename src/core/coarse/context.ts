/** What the parts of the consistency check share. */
import type { ExactAverages } from './equation/conditional-averages.ts';
import type { Stretch } from './equation/smooth.ts';
import type { FullSystem } from './lifting/full-system.ts';
import type { Lifted } from './lifting/lifts.ts';
import type { Sources } from './lifting/sources.ts';
import type { CloseSettings } from './settings.ts';

/** What the parts share. */
export interface Context {
  readonly micro: FullSystem;
  readonly settings: CloseSettings;
  readonly values: Float64Array;
  readonly stretch: Stretch;
  readonly sources: Sources;
  readonly exact: ExactAverages | null;
  /** In steps. */
  readonly fastSteps: number;
  readonly observable: string;
  /** States of every value as lifted, on the level. */
  readonly moved: Lifted | null;
}
