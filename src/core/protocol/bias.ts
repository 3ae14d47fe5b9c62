/** What the page asks the worker of biased runs. */
import type { Experiment } from '../params/experiment.ts';
import type { BiasFrame, WindowDesign } from '../sampling/frames.ts';
import type { RestrainedSamples } from '../sampling/restrained.ts';

export interface BiasApi {
  start(experiment: Experiment): Promise<void>;
  /** Umbrella windows for an experiment; a run that has been started goes on unharmed. */
  design(experiment: Experiment): Promise<WindowDesign>;
  /** Goes on for so many force evaluations or so, or until `budgetMs` of wall time is used up. */
  advance(budgetMs: number, forceEvaluations: number): Promise<BiasFrame>;
  /** A short restrained simulation at a value of the slow variable; a run that has been started goes on unharmed. */
  restrain(experiment: Experiment, at: number, forceEvaluations: number): Promise<RestrainedSamples>;
}
