/** What the page asks the worker of biased runs. A run is paced by its force evaluations. */
import type { Experiment } from '../params/experiment.ts';
import type { BiasFrame, WindowDesign } from '../sampling/frames.ts';
import type { RestrainedSamples } from '../sampling/restrained.ts';
import type { RunApi } from './run.ts';

export interface BiasApi extends RunApi<Experiment, BiasFrame> {
  /** Umbrella windows for an experiment; a run that has begun goes on unharmed. */
  design(experiment: Experiment): Promise<WindowDesign>;
  /** A short restrained simulation at a value of the slow variable; a run that has begun goes on unharmed. */
  restrain(experiment: Experiment, at: number, forceEvaluations: number): Promise<RestrainedSamples>;
}
