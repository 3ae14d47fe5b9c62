/** What is looked up in tables that the host rewrites: the same entries in every engine. */
import { describe, expect, it } from 'vitest';
import { Graph, type NodeId } from '../../expression/graph.ts';
import type { Engine, Ensemble, StepGraph } from '../step-graph.ts';
import { InterpreterEngine } from './interpreter-engine.ts';
import { WasmEngine } from './wasm-engine.ts';

const ensemble: Ensemble = { walkers: 37, firstWalker: 0, seed: 5, stride: 3, groupSize: 8 };
const engines = [
  ['WebAssembly', WasmEngine],
  ['the interpreter', InterpreterEngine],
] as const;
const LENGTH = 5;
/** Exact in single precision. */
const entries = [2.5, -1, 0.75, 8, -16.25];

/** y <- what `look` finds, x stays; the table `seen` comes after another. */
function seenAt(look: (graph: Graph) => NodeId): StepGraph {
  const graph = new Graph(['x', 'y', 'a']);
  const next = [graph.input('x'), look(graph)];
  return {
    ...{ graph, state: ['x', 'y'], next, normals: [], uniforms: [] },
    tables: [
      { name: 'other', length: 3 },
      { name: 'seen', length: LENGTH },
    ],
    record: { place: graph.constant(-1), bins: 1, sums: [graph.lookup('other', graph.input('x'))] },
  };
}

function found(engine: Engine, x: readonly number[]): number[] {
  engine.write('x', x);
  engine.advance(1);
  return [...engine.read('y')];
}

describe.each(engines)('%s', (_, Made) => {
  const engineOf = (step: StepGraph, walkers: number) => new Made(step, { ...ensemble, walkers }, { a: 2 });

  it('takes the entry at the whole part, or the nearest one', () => {
    const places = [-1e30, -3.5, -0.5, -0, 0, 0.999, 1, 1.5, 2, 3, 3.999, 4, 4.5, 5, 7, 2 ** 31, 1e30];
    const odd = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN];
    const x = [...places, ...odd];
    const engine = engineOf(
      seenAt((graph) => graph.lookup('seen', graph.input('x'))),
      x.length,
    );
    expect(found(engine, x), 'before it is set').toEqual(x.map(() => 0));
    engine.setTable('seen', entries);
    const nearest = places.map((place) => entries[Math.max(0, Math.min(LENGTH - 1, Math.floor(place)))]);
    expect(found(engine, x)).toEqual([...nearest, entries[0], entries[LENGTH - 1], entries[0]]);
  });

  it('goes around a ring by the whole part of a turn', () => {
    const ring = (graph: Graph) => {
      const turns = graph.mul(graph.input('x'), graph.constant(0.25));
      const rest = graph.sub(turns, graph.unary('floor', turns));
      return graph.lookup('seen', graph.mul(rest, graph.constant(LENGTH)));
    };
    const x = Array.from({ length: 65 }, (_, i) => (i - 32) / 2);
    const engine = engineOf(seenAt(ring), x.length);
    engine.setTable('seen', entries);
    const turn = (value: number) => value / 4 - Math.floor(value / 4);
    expect(found(engine, x)).toEqual(x.map((value) => entries[Math.floor(LENGTH * turn(value))]));
  });

  it('reads a place that no walker changes anew when the table changes', () => {
    const engine = engineOf(
      seenAt((graph) =>
        graph.add(graph.lookup('seen', graph.constant(3)), graph.lookup('seen', graph.input('a'))),
      ),
      4,
    );
    const x = [0, 0, 0, 0];
    expect(found(engine, x)).toEqual([0, 0, 0, 0]);
    engine.setTable('seen', entries);
    expect(found(engine, x)).toEqual(x.map(() => entries[3] + entries[2]));
    engine.setParameters({ a: 0 });
    expect(found(engine, x)).toEqual(x.map(() => entries[3] + entries[0]));
  });

  it('records what is looked up', () => {
    const engine = engineOf(
      seenAt((graph) => graph.input('y')),
      4,
    );
    engine.write('x', [0, 1, 2, 3]);
    engine.setTable('other', Float64Array.of(1, 10, 100));
    engine.advance(3);
    expect([...engine.averages().sums]).toEqual([211]);
  });

  it('refuses tables of another name or length', () => {
    const engine = engineOf(
      seenAt((graph) => graph.input('y')),
      4,
    );
    expect(() => engine.setTable('unseen', entries)).toThrow(RangeError);
    expect(() => engine.setTable('seen', [1, 2])).toThrow('Table "seen" has 5 entries, not 2');
    const plain = seenAt((graph) => graph.input('y'));
    expect(() => engineOf({ ...plain, tables: [] }, 4)).toThrow('There is no table "other"');
    const twice = [...(plain.tables ?? []), { name: 'other', length: 3 }];
    expect(() => engineOf({ ...plain, tables: twice }, 4)).toThrow(RangeError);
    expect(() => engineOf({ ...plain, tables: [{ name: 'other', length: 0 }] }, 4)).toThrow(RangeError);
  });
});

const [CELLS, WIDTH] = [40, 0.1];
const slopes = (scale: number) =>
  Float64Array.from({ length: CELLS }, (_, i) => scale * WIDTH * (i - CELLS / 2));

/** Walkers between -2 and 2 that are pushed by a table. */
function pushed(): StepGraph {
  const graph = new Graph(['x', 'dt', ':z']);
  const place = graph.expression(`(x + 2)/${WIDTH}`);
  const slope = graph.lookup('slope', place);
  const moved = graph.add(graph.input('x'), graph.mul(graph.constant(0.1), graph.input(':z')));
  const next = [graph.sub(moved, graph.mul(graph.input('dt'), slope))];
  const record = { place, bins: CELLS, sums: [graph.input('x'), slope] };
  const tables = [{ name: 'slope', length: CELLS }];
  return { graph, state: ['x'], next, normals: [':z'], uniforms: [], tables, record };
}

/** A run whose table is set at its start and again after 200 of 400 steps, in calls of at most `most` steps. */
function run(Made: typeof WasmEngine | typeof InterpreterEngine, most: number, part = ensemble): Engine {
  const engine = new Made(pushed(), part, { dt: 0.05 });
  for (const [scale, end] of [
    [1, 200],
    [-0.2, 400],
  ]) {
    engine.setTable('slope', slopes(scale));
    while (engine.step < end) engine.advance(Math.min(most, end - engine.step));
  }
  return engine;
}

describe('a run whose table changes on the way', () => {
  it('is the same in WebAssembly and in the interpreter', () => {
    const [wasm, reference] = [run(WasmEngine, 400), run(InterpreterEngine, 400)];
    const apart = wasm.read('x').map((x, w) => Math.abs(x - reference.read('x')[w]));
    expect(Math.max(...apart)).toBeLessThan(1e-3);
    expect(Math.max(...wasm.read('x').map(Math.abs)), 'pushed apart in the end').toBeGreaterThan(2);
  });

  it('does not depend on how steps are cut into calls or walkers among workers', () => {
    const whole = run(WasmEngine, 400);
    const cut = run(WasmEngine, 7);
    expect(cut.read('x')).toEqual(whole.read('x'));
    expect(cut.averages()).toEqual(whole.averages());
    const part = run(WasmEngine, 400, { ...ensemble, firstWalker: 16, walkers: 21 });
    expect(part.read('x')).toEqual(whole.read('x').slice(16));
  });
});
