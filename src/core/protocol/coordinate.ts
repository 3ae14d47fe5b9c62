/** What the page asks the worker that learns the slow variable of an experiment, whatever its slow variable is. */
import type { LearnedProgress } from '../coarse/frame.ts';
import type { Experiment } from '../params/experiment.ts';
import type { RunApi } from './run.ts';

export type CoordinateApi = RunApi<Experiment, LearnedProgress>;
