/** What the page asks a worker of station Couple. */

import type { CoupleFrame } from '../coupling/frame.ts';
import type { BackendId } from '../generative/backends.ts';
import type { Experiment } from '../params/experiment.ts';

export interface CoupleApi {
  /**
   * Begins one arm; answers what computes the network, null for arms without one.
   * Rejects with the reason why the system cannot be coupled.
   */
  start(experiment: Experiment, arm: string, backend: BackendId | 'auto'): Promise<BackendId | null>;
  /** Goes on until `budgetMs` of wall time is used up or so. */
  advance(budgetMs: number): Promise<CoupleFrame>;
}
