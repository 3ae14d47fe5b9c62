/** Where training states come from. */
import type { Message } from '../message.ts';
import type { Points } from '../numerics/results.ts';

/** Fewer states than this teach nothing. */
export const FEWEST_STATES = 50;

export interface Source {
  readonly points: Points;
  /** What they cost. */
  readonly forceEvaluations: number;
  /** What a person should know of them. */
  readonly remarks: readonly Message[];
}
