import { families } from '../../catalog.ts';
import { learnedKey } from '../../core/coarse/map/learned.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { LEARNED_CV } from '../../core/systems/learned-cv.ts';

/** Text that changes when the slow variable does; of a learned one that is when its map does. */
export function cvKey(experiment: Experiment): string {
  return isLearned(experiment) ? learnedKey(families, experiment) : experiment.cv;
}

export function isLearned({ cv }: Experiment): boolean {
  return cv === LEARNED_CV.id;
}
