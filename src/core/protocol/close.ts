/** What the page asks the worker of station Close. */
import type { CloseFrame } from '../coarse/frame.ts';
import type { Experiment } from '../params/experiment.ts';
import type { RunApi } from './run.ts';

export type CloseApi = RunApi<Experiment, CloseFrame>;
