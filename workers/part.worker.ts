/** Some of the walkers of a run, for `team.ts`. */
import { WasmEngine } from '../src/core/dynamics/engines/wasm-engine.ts';
import type { Engine, Ensemble, StepGraph } from '../src/core/dynamics/step-graph.ts';
import { serve } from './serve.ts';

let engine: Engine | undefined;

function current(): Engine {
  if (!engine) throw new Error('No walkers have been given to this worker');
  return engine;
}

const part = {
  make(graph: StepGraph, ensemble: Ensemble, parameters: Readonly<Record<string, number>>): void {
    engine = new WasmEngine(graph, ensemble, parameters);
  },
  advance: (steps: number) => current().advance(steps),
  setParameters: (parameters: Readonly<Record<string, number>>) => current().setParameters(parameters),
  setTable: (name: string, values: Float64Array) => current().setTable(name, values),
  read: (state: string) => current().read(state),
  write: (state: string, values: Float64Array) => current().write(state, values),
  averages: () => current().averages(),
  resetAverages: () => current().resetAverages(),
};

export type Part = typeof part;

serve(part);
