import { describe, expect, it } from 'vitest';
import { families } from '../src/catalog.ts';
import { WasmEngine } from '../src/core/dynamics/engines/wasm-engine.ts';
import type { EngineFactory, RemoteEngine } from '../src/core/dynamics/step-graph.ts';
import type { SimulateApi } from '../src/core/protocol/simulate.ts';
import { SimulationRun } from '../src/core/sampling/simulation.ts';
import { parseQuery } from '../src/core/settings/query.ts';
import { runService } from './run-service.ts';
import { inTurn } from './serve.ts';

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

/** Computes as WebAssembly does, but answers later, as several workers or a graphics device do. */
const laterEngine =
  (disposed: RemoteEngine[]): EngineFactory =>
  async (graph, ensemble, parameters, start) => {
    const inner = new WasmEngine(graph, ensemble, parameters);
    for (const [name, values] of Object.entries(start)) inner.write(name, values);
    const later = async <T>(work: () => T): Promise<T> => {
      await pause();
      return work();
    };
    const engine: RemoteEngine = {
      get step() {
        return inner.step;
      },
      advance: (steps) => later(() => inner.advance(steps)),
      setParameters: (values) => later(() => inner.setParameters(values)),
      setTable: (name, values) => later(() => inner.setTable(name, values)),
      read: (state) => later(() => inner.read(state)),
      write: (state, values) => later(() => inner.write(state, values)),
      averages: () => later(() => inner.averages()),
      resetAverages: () => later(() => inner.resetAverages()),
      dispose: () => disposed.push(engine),
    };
    await pause();
    return { id: 'wasm', parts: 1, engine };
  };

function served() {
  const disposed: RemoteEngine[] = [];
  const service = runService((order: Parameters<SimulateApi['begin']>[0]) =>
    SimulationRun.create(families, order.experiment, laterEngine(disposed)),
  );
  return { api: inTurn(service) as unknown as SimulateApi, disposed };
}

const orderOf = (query: string) => ({ experiment: parseQuery(query, families).experiment, cores: 1 });
const QUERY = 'system=three-hole&walkers=8&time=10&seed=3';

describe('calls of a worker', () => {
  it('do not interleave: a walker that is moved in the midst of an advance moves no other', async () => {
    const positions = async (concurrent: boolean) => {
      const { api } = served();
      await api.begin(orderOf(QUERY));
      const change = { places: [{ walker: 3, at: [1, 0.5] }] };
      const moved = api.advance(1000, 100);
      if (!concurrent) await moved;
      const placed = api.patch(change);
      if (!concurrent) await placed;
      const [frame] = await Promise.all([api.advance(1000, 100), moved, placed]);
      return [...frame.walkers.values];
    };
    expect(await positions(true)).toEqual(await positions(false));
  });

  it('that begin a run end the one before first, and release its engine once nothing is under way', async () => {
    const { api, disposed } = served();
    await api.begin(orderOf(QUERY));
    const advanced = api.advance(1000, 50);
    const begun = api.begin(orderOf(`${QUERY}&kT=2`));
    expect((await advanced).step).toBe(50);
    expect((await begun).step).toBe(0);
    expect(disposed).toHaveLength(1);
  });

  it('that begin one run after the other leave the last, and the engines of the others are released', async () => {
    const { api, disposed } = served();
    const frames = await Promise.all([1, 2, 3].map((n) => api.begin(orderOf(`${QUERY}&walkers=${8 * n}`))));
    expect(frames.map(({ walkers }) => walkers.values.length / 2)).toEqual([8, 16, 24]);
    expect(disposed).toHaveLength(2);
    const frame = await api.advance(1000, 10);
    expect(frame.walkers.values).toHaveLength(48);
  });

  it('that fail do not keep those after them from being answered', async () => {
    const api = inTurn({
      fail: async () => {
        throw new Error('No');
      },
      answer: async () => 1,
    });
    const failed = api.fail();
    const answered = api.answer();
    await expect(failed).rejects.toThrow('No');
    expect(await answered).toBe(1);
  });

  it('of what is known already wait for none', async () => {
    const order: string[] = [];
    const api = inTurn({
      work: async () => {
        await pause();
        order.push('work');
      },
      know: () => order.push('know'),
    });
    await Promise.all([api.work(), api.know()]);
    expect(order).toEqual(['know', 'work']);
  });
});
