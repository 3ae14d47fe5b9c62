/** What the page asks the worker of station Close. */
import type { CloseFrame, LearnedProgress } from '../coarse/frame.ts';
import type { Experiment } from '../params/experiment.ts';

export interface CloseApi {
  /** Begins with the learned coordinate of an experiment, whatever its slow variable is. */
  startLearning(experiment: Experiment): Promise<void>;
  /** Does the next part of it, a second or so. */
  learn(): Promise<LearnedProgress>;
  start(experiment: Experiment): Promise<void>;
  /** Goes on until `budgetMs` of wall time is used up or so. */
  advance(budgetMs: number): Promise<CloseFrame>;
}
