import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { ParamValue } from '../../core/params/params.ts';
import type { SimulateOrder } from '../../core/protocol/simulate.ts';
import type { SimulationChange, SimulationFrame } from '../../core/sampling/frames.ts';
import { parseQuery } from '../../core/settings/query.ts';
import { withValue } from '../../core/settings/settings.ts';
import { FakeClock, FakeWorker, SCREEN } from './fakes.fixture.ts';
import { simulationFrame } from './frames.fixture.ts';
import { SimulationClient } from './simulation.ts';

const { experiment } = parseQuery('#/explore?system=three-hole&time=100&kT=0.5', families);

function setUp(start: Experiment = experiment) {
  const clock = new FakeClock();
  const orders: Experiment[] = [];
  const changes: SimulationChange[] = [];
  let frame = simulationFrame();
  const worker = new FakeWorker<SimulateOrder, SimulationFrame, SimulationChange>(clock, {
    begin: (order) => {
      orders.push(order.experiment);
      frame = simulationFrame();
      return frame;
    },
    advance: (steps) => {
      const total = Math.round(orders.at(-1)!.time / Number(orders.at(-1)!['integrator.dt']));
      const step = Math.min(total, frame.step + Math.min(steps, 50_000));
      frame = { ...frame, step, time: step * Number(orders.at(-1)!['integrator.dt']), done: step === total };
      return frame;
    },
    patch: (change) => changes.push(change),
  });
  const client = new SimulationClient({ worker, clock });
  const frames: SimulationFrame[] = [];
  const phases: string[] = [];
  client.frame.subscribe(() => {
    const shown = client.frame.get();
    if (shown) frames.push(shown);
  });
  client.state.subscribe(() => phases.push(client.state.get().phase));
  let now = start;
  /** What the page does at every change of its store. */
  const pass = () => {
    client.configure(now);
    client.setActive(true);
  };
  const change = (key: string, value: ParamValue) => {
    now = withValue(families, now, key, value);
    pass();
  };
  pass();
  client.play();
  return { clock, worker, client, frames, phases, orders, changes, pass, change };
}

const SECONDS = 5000;

/** Frames that are shown while something is done at every frame of the screen. */
async function framesDuring(
  { clock, frames }: ReturnType<typeof setUp>,
  act: (n: number) => void,
): Promise<number> {
  const before = frames.length;
  for (let n = 0; n * SCREEN < SECONDS; n++) {
    act(n);
    await clock.pass(SCREEN);
  }
  return frames.length - before;
}

describe('walkers', () => {
  it('keep moving while kT is dragged', async () => {
    const atRest = await framesDuring(setUp(), () => {});
    const set = setUp();
    const dragged = await framesDuring(set, (n) => set.change('kT', 0.5 + 0.001 * (n + 1)));
    expect(atRest).toBeGreaterThan(0.95 * (SECONDS / SCREEN));
    expect(dragged).toBeGreaterThanOrEqual(0.9 * atRest);
    await set.clock.pass(100);
    expect(set.changes.at(-1)?.experiment?.kT).toBeCloseTo(0.5 + 0.001 * Math.ceil(SECONDS / SCREEN), 9);
    expect(set.orders).toHaveLength(1);
  });

  it('keep moving while something is dragged that does not concern them', async () => {
    const atRest = await framesDuring(setUp(), () => {});
    const set = setUp();
    expect(await framesDuring(set, set.pass)).toBeGreaterThanOrEqual(0.9 * atRest);
  });

  it('that are moved by hand stay in the run, and the page knows that averages began anew', async () => {
    const { clock, client, changes } = setUp();
    await clock.pass(200);
    client.place(2, [0, 1]);
    client.place(3, [1, 0]);
    await clock.pass(100);
    expect(changes.flatMap(({ places }) => places)).toEqual([
      { walker: 2, at: [0, 1] },
      { walker: 3, at: [1, 0] },
    ]);
    expect(client.disturbed.get()?.cause).toContain('Walker 4');
  });
});

describe('a run of Explore', () => {
  it('that has ended stays ended, whatever changes in the store', async () => {
    const { clock, client, phases, pass, worker } = setUp({ ...experiment, time: 0.5 });
    await clock.pass(30_000);
    expect(client.state.get().phase).toBe('finished');
    phases.length = 0;
    const { length } = worker.calls;
    for (let n = 0; n < 10; n++) {
      pass();
      await clock.pass(100);
    }
    expect(phases).toEqual([]);
    expect(worker.calls).toHaveLength(length);
  });

  it('begins anew with the settings of now, live ones too', async () => {
    const { clock, client, orders, change } = setUp({ ...experiment, time: 0.5 });
    await clock.pass(100);
    change('kT', 0.8);
    await clock.pass(30_000);
    expect(client.state.get().phase).toBe('finished');
    client.play();
    await clock.pass(100);
    expect(orders.map(({ kT }) => kT)).toEqual([0.5, 0.8]);
    change('kT', 0.9);
    await clock.pass(30_000);
    change('kT', 1);
    await clock.pass(100);
    expect(orders.map(({ kT }) => kT)).toEqual([0.5, 0.8, 1]);
  });

  it('says which setting began it anew, and forgets frames of another system', async () => {
    const { clock, client, change } = setUp();
    await clock.pass(100);
    change('walkers', 32);
    expect(client.restarted.get()).toBe('Walkers');
    expect(client.frame.get()).not.toBeNull();
    change('system', 'double-well');
    expect(client.frame.get()).toBeNull();
    await clock.pass(100);
    expect(client.frame.get()).not.toBeNull();
  });
});
