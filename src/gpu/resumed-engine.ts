/** A run goes on in WebAssembly from the last checkpoint of a lost device: same numbers, same averages. */
import { WasmEngine } from '../core/dynamics/engines/wasm-engine.ts';
import type { Engine, Ensemble, StepGraph } from '../core/dynamics/step-graph.ts';
import type { Averages, Snapshot } from './wgsl-engine.ts';

export class ResumedEngine implements Engine {
  private readonly engine: WasmEngine;
  /** What the lost device had recorded. */
  private before: Averages | undefined;

  constructor(
    graph: StepGraph,
    ensemble: Ensemble,
    parameters: Readonly<Record<string, number>>,
    checkpoint: Snapshot,
  ) {
    this.engine = new WasmEngine(graph, ensemble, parameters);
    this.engine.step = checkpoint.step;
    for (const [name, values] of Object.entries(checkpoint.state)) this.engine.write(name, values);
    for (const [name, values] of Object.entries(checkpoint.tables)) this.engine.setTable(name, values);
    this.before = checkpoint.averages;
  }

  get step(): number {
    return this.engine.step;
  }

  advance(steps: number): void {
    this.engine.advance(steps);
  }

  setParameters(parameters: Readonly<Record<string, number>>): void {
    this.engine.setParameters(parameters);
  }

  setTable(name: string, values: ArrayLike<number>): void {
    this.engine.setTable(name, values);
  }

  read(state: string): Float64Array {
    return this.engine.read(state);
  }

  write(state: string, values: ArrayLike<number>): void {
    this.engine.write(state, values);
  }

  averages(): Averages {
    const now = this.engine.averages();
    const { before } = this;
    if (!before) return now;
    return {
      visits: now.visits.map((value, k) => value + before.visits[k]),
      sums: now.sums.map((value, k) => value + before.sums[k]),
      records: now.records + before.records,
    };
  }

  resetAverages(): void {
    this.engine.resetAverages();
    this.before = undefined;
  }
}
