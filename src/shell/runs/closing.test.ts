import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import type { CloseFrame } from '../../core/coarse/frame.ts';
import type { Message } from '../../core/message.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { parseQuery } from '../../core/settings/query.ts';
import { withValue } from '../../core/settings/settings.ts';
import { ClosingClient } from './closing.ts';
import { FakeClock, FakeWorker } from './fakes.fixture.ts';
import { closeFrame } from './frames.fixture.ts';

const { experiment } = parseQuery('#/close?system=three-hole', families);

function setUp(problem: Message | null = null) {
  const clock = new FakeClock();
  const orders: Experiment[] = [];
  let spent = 0;
  const milliseconds = { begin: 50, advance: 120, patch: 0 };
  const run = {
    begin: (order: Experiment) => {
      orders.push(order);
      spent = 0;
      return closeFrame();
    },
    advance: () => {
      spent = Math.min(1000, spent + 100);
      const done = spent === 1000;
      return closeFrame({ forceEvaluations: spent, done, problem: done ? problem : null });
    },
  };
  const worker = new FakeWorker<Experiment, CloseFrame>(clock, run, milliseconds);
  const client = new ClosingClient({ worker, clock });
  client.configure(experiment);
  return { clock, worker, orders, client };
}

describe('a run of Close', () => {
  it('begins when it is asked to, and counts the time of its worker', async () => {
    const { clock, client, orders } = setUp();
    await clock.pass(500);
    expect(orders).toEqual([]);
    client.play();
    expect(client.state.get().phase).toBe('preparing');
    await clock.pass(500);
    expect(client.state.get().phase).toBe('running');
    await clock.pass(1000);
    expect(client.state.get().phase).toBe('finished');
    expect(client.seconds).toBeCloseTo(1.25, 6);
    expect(client.secondsWithoutForces).toBe(0);
  });

  it('is ended and forgotten by other settings, with its worker', async () => {
    const { clock, client, worker } = setUp();
    client.play();
    await clock.pass(500);
    client.configure(withValue(families, experiment, 'kT', 0.9));
    expect(client.state.get().phase).toBe('idle');
    expect(client.frame.get()).toBeNull();
    expect(worker.restarts).toBe(1);
    await clock.pass(500);
    expect(client.frame.get()).toBeNull();
  });

  it('goes on as a run of another seed', async () => {
    const { clock, client, orders } = setUp();
    client.play();
    await clock.pass(500);
    client.configure(withValue(families, experiment, 'seed', 7));
    await clock.pass(500);
    expect(client.state.get().phase).toBe('running');
    expect(orders.map(({ seed }) => seed)).toEqual([experiment.seed, 7]);
  });

  it('that fails says why, and begins anew when it is played again', async () => {
    const { clock, client, orders } = setUp({ id: 'Nothing can be said of it', values: {} });
    client.play();
    await clock.pass(2000);
    expect(client.state.get()).toEqual({ phase: 'failed', message: 'Nothing can be said of it' });
    client.play();
    await clock.pass(200);
    expect(client.state.get().phase).toBe('running');
    expect(orders).toHaveLength(2);
  });

  it('rests during a pause, and shows then what had come', async () => {
    const { clock, client } = setUp();
    client.play();
    await clock.pass(500);
    client.pause();
    await clock.pass(1000);
    const spent = client.frame.get()!.forceEvaluations;
    client.play();
    await clock.pass(10);
    expect(client.frame.get()!.forceEvaluations).toBe(spent + 100);
  });
});
