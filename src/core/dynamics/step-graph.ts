/**
 * One time step as an expression graph: everything an engine needs to know. The same graph is interpreted in double
 * precision and compiled to WebAssembly (later to WGSL), so that no engine knows what an integrator or a system is.
 */
import type { Graph, NodeId } from '../expression/graph.ts';

export interface StepGraph {
  readonly graph: Graph;
  /** Inputs that differ from walker to walker and live from step to step. */
  readonly state: readonly string[];
  /** New value of each state input. */
  readonly next: readonly NodeId[];
  /** Inputs that are standard normals, drawn anew for each step; number `step * count + index` of the walker. */
  readonly normals: readonly string[];
  /** Inputs that are uniform in (0, 1), likewise. */
  readonly uniforms: readonly string[];
  /** What is looked up: numbers that the host may rewrite between two steps, until then `values`, or zero. */
  readonly tables?: readonly {
    readonly name: string;
    readonly length: number;
    readonly values?: Float64Array;
  }[];
  /** What is recorded, as functions of the state after a step. */
  readonly record: Recording;
}

interface Recording {
  /** Place in the histogram in units of bins: states with 0 <= place < bins count. */
  readonly place: NodeId;
  readonly bins: number;
  /** Observables whose sums are kept. */
  readonly sums: readonly NodeId[];
}

/** How a run is cut into groups of walkers and recorded. */
export interface Ensemble {
  readonly walkers: number;
  /** Number of the first walker in the whole run: workers share one run. */
  readonly firstWalker: number;
  readonly seed: number;
  /** Steps between two records. */
  readonly stride: number;
  /** Walkers in each group, a multiple of four; averages are kept for each group. */
  readonly groupSize: number;
}

/** Advances walkers by a step graph. Results do not depend on how steps are cut into calls. */
export interface Engine {
  readonly step: number;
  advance(steps: number): void;
  /** New values of everything that is neither state nor noise; averages are not touched. */
  setParameters(parameters: Readonly<Record<string, number>>): void;
  /** New entries of a table, for the steps and records to come. @throws RangeError for an unknown name or another length */
  setTable(name: string, values: ArrayLike<number>): void;
  /** Value of a state input for every walker. */
  read(state: string): Float64Array;
  write(state: string, values: ArrayLike<number>): void;
  /** Visits (`bins` numbers) and sums of observables of each group, group after group; cleared by `resetAverages`. */
  averages(): { readonly visits: Float64Array; readonly sums: Float64Array; readonly records: number };
  resetAverages(): void;
}

type Later<T> = T | Promise<T>;

/** An engine that may compute elsewhere: the calls of `Engine`, answered now or later. Calls wait for the one before. */
export interface RemoteEngine {
  readonly step: number;
  advance(steps: number): Later<void>;
  setParameters(parameters: Readonly<Record<string, number>>): Later<void>;
  setTable(name: string, values: ArrayLike<number>): Later<void>;
  read(state: string): Later<Float64Array>;
  write(state: string, values: ArrayLike<number>): Later<void>;
  averages(): Later<ReturnType<Engine['averages']>>;
  resetAverages(): Later<void>;
  /** Gives back threads and devices. No call may be under way, and none may follow. */
  dispose?(): void;
}

/** Which engine moves the walkers. */
export type EngineId = 'interpreter' | 'wasm' | 'wgsl';

export interface ChosenEngine {
  readonly id: EngineId;
  /** Threads among which the walkers are shared. */
  readonly parts: number;
  readonly engine: RemoteEngine;
}

/** Makes the engine of a run whose walkers all start in `start` (by state input). */
export type EngineFactory = (
  graph: StepGraph,
  ensemble: Ensemble,
  parameters: Readonly<Record<string, number>>,
  start: Readonly<Record<string, Float64Array>>,
) => Later<ChosenEngine>;

export function groupsOf({ walkers, groupSize }: Ensemble): number {
  return Math.ceil(walkers / groupSize);
}

/** Purposes of the random streams of a run. */
export const NORMALS_PURPOSE = 'dynamics';
export const UNIFORMS_PURPOSE = 'acceptance';
