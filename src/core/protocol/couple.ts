/** What the page asks a worker of station Couple: to run one method. */

import type { CoupleFrame } from '../coupling/frame.ts';
import type { BackendId } from '../generative/backends.ts';
import type { Experiment } from '../params/experiment.ts';
import type { RunApi } from './run.ts';

export interface CoupleOrder {
  readonly experiment: Experiment;
  readonly method: string;
  readonly backend: BackendId | 'auto';
}

export type CoupleApi = RunApi<CoupleOrder, CoupleFrame>;
