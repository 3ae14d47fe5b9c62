/** What the page asks the simulation worker. A run is paced by its steps. */
import type { Experiment } from '../params/experiment.ts';
import type { SimulationChange, SimulationFrame } from '../sampling/frames.ts';
import type { RunApi } from './run.ts';

export interface SimulateOrder {
  readonly experiment: Experiment;
  /** Threads of the machine. */
  readonly cores: number;
}

export type SimulateApi = RunApi<SimulateOrder, SimulationFrame, SimulationChange>;
