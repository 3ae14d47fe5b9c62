/** What a headless run at a station gives. */
import type { EngineId } from '../../core/dynamics/step-graph.ts';
import type { BackendId } from '../../core/generative/backends.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { Workers } from './result-workers.ts';

/** With what it was computed, and at what cost; one thread of WebAssembly and no network where nothing is said. */
export interface RunCost {
  readonly simulation?: EngineId;
  readonly threads?: number;
  readonly learning?: BackendId | null;
  readonly forceEvaluations: number;
  readonly networkEvaluations?: number;
}

export interface StationResults<T extends object = object> {
  /** Its keys of the file of results, as they are in that of another station. */
  readonly empty: T;
  /** @throws Error when a worker or the run fails, or the run is cancelled */
  readonly run: (workers: Workers) => Promise<Partial<T> & RunCost>;
  /** Of these keys what the run of the page says now, which may be a part; null before it has begun. */
  readonly live: (experiment: Experiment) => Promise<object | null>;
}
