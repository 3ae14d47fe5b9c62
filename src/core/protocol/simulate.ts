/** What the page asks the simulation worker. */
import type { Experiment } from '../params/experiment.ts';

import type { SimulationFrame } from '../sampling/frames.ts';

export interface SimulateApi {
  /** @param cores threads of the machine; as many as the browser tells when absent */
  start(experiment: Experiment, cores?: number): Promise<void>;
  /** Advances by `steps` at most, or until `budgetMs` of wall time is used up, and answers with the state. */
  advance(budgetMs: number, steps: number): Promise<SimulationFrame>;
  /** Takes over live settings (temperature, parameters of the system); averages begin anew. */
  patch(experiment: Experiment): Promise<void>;
  /** Puts a walker where a hand dropped it; averages begin anew. */
  place(walker: number, at: readonly number[]): Promise<void>;
}
