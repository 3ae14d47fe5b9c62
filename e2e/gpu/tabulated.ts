/** Walkers that are pushed by a table which changes during the run, on the device and on the processor. */
import { WasmEngine } from '../../src/core/dynamics/engines/wasm-engine.ts';
import type { Ensemble, RemoteEngine, StepGraph } from '../../src/core/dynamics/step-graph.ts';
import { Graph } from '../../src/core/expression/graph.ts';
import { ResilientEngine } from '../../src/gpu/resilient-engine.ts';
import { WgslEngine } from '../../src/gpu/wgsl-engine.ts';

const CELLS = 32;
/** Entries of the table that ends at both sides. */
const SEEN = [2.5, -1, 0.75, 8, -16.25];
/** Strength of the push before and after the change. */
const STRENGTHS = [1, -0.5];

/** x is pushed along a ring of four, y is what is seen at x. */
function pushed(): StepGraph {
  const graph = new Graph(['x', 'dt', ':normal']);
  const x = graph.input('x');
  const turns = graph.mul(x, graph.constant(0.25));
  const rest = graph.sub(turns, graph.unary('floor', turns));
  const push = graph.lookup('push', graph.mul(rest, graph.constant(CELLS)));
  const drift = graph.mul(graph.input('dt'), push);
  const kick = graph.mul(graph.expression('sqrt(dt)'), graph.input(':normal'));
  return {
    graph,
    state: ['x', 'y'],
    next: [graph.add(x, graph.add(drift, kick)), graph.lookup('seen', x)],
    normals: [':normal'],
    uniforms: [],
    tables: [
      // Not the last one: beyond the end of the buffer, devices clamp by themselves.
      { name: 'seen', length: SEEN.length },
      { name: 'push', length: CELLS },
    ],
    record: { place: graph.mul(rest, graph.constant(CELLS)), bins: CELLS, sums: [x, push] },
  };
}

const pushes = (strength: number) =>
  Float64Array.from({ length: CELLS }, (_, i) => strength * Math.sin((2 * Math.PI * (i + 0.5)) / CELLS));

type Made = (step: StepGraph, ensemble: Ensemble, parameters: { dt: number }) => Promise<RemoteEngine>;

const onProcessor: Made = async (step, ensemble, parameters) => new WasmEngine(step, ensemble, parameters);

/** Advances by calls of at most `most` steps, with another table from the middle on. */
async function taken(engine: RemoteEngine, steps: number, most: number, atChange: () => void = () => {}) {
  await engine.setTable('seen', SEEN);
  for (const [half, strength] of STRENGTHS.entries()) {
    await engine.setTable('push', pushes(strength));
    if (half === 1) atChange();
    const end = ((half + 1) * steps) / 2;
    while (engine.step < end) await engine.advance(Math.min(most, end - engine.step));
  }
  const { visits, sums, records } = await engine.averages();
  return { x: [...(await engine.read('x'))], visits: [...visits], sums: [...sums], records };
}

export function tabulatedChecks(device: () => Promise<GPUDevice>) {
  const onDevice: Made = async (...given) => WgslEngine.create(await device(), ...given);

  /** What walkers at `at` see, before and after the table is set. */
  async function seen(make: Made, at: readonly number[]): Promise<number[][]> {
    const ensemble = { walkers: at.length, firstWalker: 0, seed: 1, stride: 10, groupSize: at.length };
    const engine = await make(pushed(), ensemble, { dt: 0 });
    const values: number[][] = [];
    for (const set of [() => {}, () => engine.setTable('seen', SEEN)]) {
      await engine.write('x', at);
      await set();
      await engine.advance(1);
      values.push([...(await engine.read('y'))]);
    }
    return values;
  }

  return {
    async lookUp(at: readonly number[]) {
      return { wgsl: await seen(onDevice, at), wasm: await seen(onProcessor, at) };
    },

    /** A run in one piece and cut into calls, and that of WebAssembly. */
    async tabulatedRun(ensemble: Ensemble, steps: number, most: number) {
      const run = async (make: Made, calls: number) =>
        taken(await make(pushed(), ensemble, { dt: 0.01 }), steps, calls);
      return {
        whole: await run(onDevice, steps),
        cut: await run(onDevice, most),
        wasm: await run(onProcessor, steps),
      };
    },

    /** The device is lost just after the table has changed. */
    async surviveWithTables(ensemble: Ensemble, steps: number) {
      const gpu = await device();
      const engine = await ResilientEngine.create(gpu, pushed(), ensemble, { dt: 0.01 });
      const survived = await taken(engine, steps, steps, () => gpu.destroy());
      return {
        survived,
        wasm: await taken(await onProcessor(pushed(), ensemble, { dt: 0.01 }), steps, steps),
      };
    },
  };
}
