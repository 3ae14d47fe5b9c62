import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { withoutNumbers } from '../../core/estimators/finding.ts';
import type { Message } from '../../core/message.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { BiasFrame } from '../../core/sampling/frames.ts';
import { parseQuery } from '../../core/settings/query.ts';
import { withValue } from '../../core/settings/settings.ts';
import { BaselineClient } from './baseline.ts';
import { BiasClient } from './biasing.ts';
import { FakeClock, FakeWorker, SCREEN } from './fakes.fixture.ts';
import { biasFrame } from './frames.fixture.ts';
import { KeptRuns } from './kept-runs.ts';

const { experiment } = parseQuery('#/bias?system=three-hole&method=umbrella&budget=1e6', families);
const estimate = {
  of: 'bin' as const,
  cv: new Float64Array(2),
  F: new Float64Array(2),
  stderr: new Float64Array(2),
};
const finding: BiasFrame['finding'] = { ...withoutNumbers([]), freeEnergy: estimate };

function fakes(divergence: Message | null = null) {
  const clock = new FakeClock();
  const orders: Experiment[] = [];
  let spent = 0;
  const worker = new FakeWorker<Experiment, BiasFrame>(clock, {
    begin: (order) => {
      orders.push(order);
      spent = 0;
      return biasFrame({ budget: order.budget });
    },
    advance: (amount) => {
      const { budget } = orders.at(-1)!;
      spent = Math.min(budget, spent + Math.min(amount, 1e5));
      const done = spent === budget;
      return biasFrame({
        ...{ budget, forceEvaluations: spent, done },
        divergence: done ? divergence : null,
        finding: done ? finding : null,
        history: [{ forceEvaluations: spent, freeEnergy: estimate }],
      });
    },
  });
  return { clock, worker, orders, kept: new KeptRuns() };
}

function setUp(divergence: Message | null = null) {
  const { clock, worker, orders, kept } = fakes(divergence);
  const client = new BiasClient(kept, { worker, clock });
  client.configure(experiment);
  client.setActive(true);
  return { clock, worker, orders, kept, client };
}

describe('a biased run', () => {
  it('takes ten seconds, tells its news once each, and is kept in the end', async () => {
    const { clock, client, kept } = setUp();
    client.play();
    await clock.pass(9000);
    expect(client.state.get().phase).toBe('running');
    expect(client.pace.get()).toBeGreaterThan(5e4);
    await clock.pass(2000);
    expect(client.state.get().phase).toBe('finished');
    const { history } = client.found.get();
    expect(history.at(-1)?.forceEvaluations).toBe(experiment.budget);
    expect(new Set(history.map(({ forceEvaluations }) => forceEvaluations)).size).toBe(history.length);
    expect(kept.list.get()).toMatchObject([{ method: 'umbrella', forceEvaluations: experiment.budget }]);
  });

  it('begins once after a drag, and not at all while nobody looks', async () => {
    const { clock, client, orders } = setUp();
    client.play();
    await clock.pass(100);
    for (let n = 1; n <= 20; n++) {
      client.configure(withValue(families, experiment, 'kT', 0.5 + 0.01 * n));
      client.setActive(true);
      await clock.pass(SCREEN);
    }
    expect(orders).toHaveLength(1);
    await clock.pass(400);
    expect(orders.map(({ kT }) => kT)).toEqual([experiment.kT, expect.closeTo(0.7, 6)]);
    client.setActive(false);
    client.configure(withValue(families, experiment, 'kT', 2));
    await clock.pass(1000);
    expect(orders).toHaveLength(2);
    client.setActive(true);
    await clock.pass(100);
    expect(orders.at(-1)?.kT).toBe(2);
    expect(client.state.get().phase).toBe('running');
  });

  it('whose walkers are lost says why and is not kept', async () => {
    const { clock, client, kept } = setUp({ id: 'Walkers left every bound', values: {} });
    client.play();
    await clock.pass(12_000);
    expect(client.state.get()).toEqual({ phase: 'failed', message: 'Walkers left every bound' });
    expect(kept.list.get()).toEqual([]);
  });
});

describe('direct simulation beside a biased run', () => {
  it('runs as fast as it can and is kept', async () => {
    const { clock, worker, orders, kept } = fakes();
    const client = new BaselineClient(kept, { worker, clock });
    client.run(experiment);
    await clock.pass(40);
    expect(client.share.get()).toBeGreaterThan(0);
    await clock.pass(1000);
    expect(orders.map(({ method }) => method)).toEqual(['direct']);
    expect(client.share.get()).toBeNull();
    expect(kept.list.get()).toMatchObject([{ method: 'direct', kind: 'simulation' }]);
  });

  it('that is cancelled has ended at once, and says why it failed if it does', async () => {
    const { clock, worker, kept } = fakes({ id: 'Lost', values: {} });
    const client = new BaselineClient(kept, { worker, clock });
    client.run(experiment);
    await clock.pass(20);
    client.cancel();
    expect(client.share.get()).toBeNull();
    expect(worker.restarts).toBe(1);
    client.run(experiment);
    await clock.pass(1000);
    expect(client.problem.get()).toBe('Lost');
    client.cancel();
    expect(client.problem.get()).toBeNull();
  });
});
