import { describe, expect, test } from 'vitest';
import { families } from '../../catalog.ts';
import type { CoupleFrame } from '../../core/coupling/frame.ts';
import { message } from '../../core/dynamics/messages.ts';
import type { ParamValue } from '../../core/params/params.ts';
import type { CoupleApi } from '../../core/protocol/couple.ts';
import { parseQuery } from '../../core/settings/query.ts';
import { withValue } from '../../core/settings/settings.ts';
import { frameOf } from '../../stations/couple/frames.fixture.ts';
import { CouplingClient, couplingIdentity } from './coupling.ts';
import { placeOf, placesOfDistributions } from './coupling-places.ts';
import { type Caller, Cancelled } from './remote.ts';

const { experiment } = parseQuery('#/couple?system=two-channel&arms=dragged-1,dragged-16,direct', families);

/** Begins at once, and answers frames when the test lets it. */
class FakeWorker implements Caller<CoupleApi> {
  method: string | null = null;
  at: readonly number[] = [];
  ended = false;
  private waiting: { resolve: (frame: CoupleFrame) => void; reject: (error: Error) => void } | null = null;

  call<R>(use: (api: CoupleApi) => Promise<R>): Promise<R> {
    return use({
      begin: async ({ experiment: { at }, method }) => {
        this.method = method;
        this.at = at;
        return frameOf(method, {});
      },
      advance: () =>
        new Promise((resolve, reject) => {
          this.waiting = { resolve, reject };
        }),
      patch: async () => {},
    });
  }

  restart(): void {
    this.ended = true;
    this.waiting?.reject(new Cancelled());
  }

  answer(change: Partial<CoupleFrame> = {}): void {
    this.waiting?.resolve(frameOf(this.method!, {}, change));
  }

  fail(message: string): void {
    this.waiting?.reject(new Error(message));
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

function setUp(most = 2) {
  const workers: FakeWorker[] = [];
  const client = new CouplingClient({
    makeWorker: () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    most: () => most,
  });
  client.configure(experiment, 'auto');
  const phases = () =>
    Object.fromEntries([...client.methods.get()].map(([method, { phase }]) => [method, phase]));
  return { client, workers, phases };
}

describe('methods in parallel', () => {
  test('never more at a time than there are cores, each in a worker of its own, all in the end', async () => {
    const { client, workers, phases } = setUp();
    client.play();
    await settled();
    expect(workers.map(({ method }) => method)).toEqual(['dragged-1', 'dragged-16']);
    expect(phases().direct).toBe('waiting');
    workers[0].answer({ done: true });
    await settled();
    expect(workers[0].ended).toBe(true);
    expect(workers[2].method).toBe('direct');
    for (const worker of workers.slice(1)) worker.answer({ done: true });
    await settled();
    expect(client.state.get().phase).toBe('finished');
    expect(phases()).toEqual({ 'dragged-1': 'finished', 'dragged-16': 'finished', direct: 'finished' });
  });

  test('a cancelled run has ended at once and is forgotten; what was finished stays', async () => {
    const { client, workers, phases } = setUp();
    client.play();
    await settled();
    workers[0].answer({ done: true });
    await settled();
    client.cancel();
    expect(workers.every(({ ended }) => ended)).toBe(true);
    expect(phases()).toEqual({ 'dragged-1': 'finished' });
    await settled();
    expect(client.state.get().phase).toBe('finished');
  });

  test('with another seed the methods under way begin anew, and those at rest stay so', async () => {
    const { client, workers, phases } = setUp();
    client.run(['direct']);
    await settled();
    client.configure(withValue(families, experiment, 'seed', 5), 'auto');
    await settled();
    expect(workers[0].ended).toBe(true);
    expect(workers.map(({ method }) => method)).toEqual(['direct', 'direct']);
    client.pause();
    client.configure(withValue(families, experiment, 'seed', 6), 'auto');
    await settled();
    expect(phases()).toEqual({});
    expect(client.state.get().phase).toBe('idle');
  });

  test('news that come during a pause are told when the run goes on, and once', async () => {
    const { client, workers } = setUp(1);
    client.run(['direct']);
    await settled();
    client.pause();
    expect(client.state.get().phase).toBe('paused');
    const freeEnergy = { of: 'bin', cv: new Float64Array(1), F: new Float64Array(1) } as const;
    workers[0].answer({ history: [{ forceEvaluations: 10, freeEnergy }] });
    await settled();
    expect(client.methods.get().get('direct')?.history).toEqual([]);
    client.play();
    await settled();
    expect(client.methods.get().get('direct')?.history).toHaveLength(1);
    expect(workers).toHaveLength(1);
    workers[0].answer({ done: true });
    await settled();
    expect(client.methods.get().get('direct')?.history).toHaveLength(1);
  });

  test('a method that fails says why, and the others go on', async () => {
    const { client, workers, phases } = setUp();
    client.play();
    await settled();
    workers[0].fail('The worker stopped');
    workers[1].answer({ done: true, divergence: message('left-the-domain', { step: 7 }) });
    await settled();
    expect(client.methods.get().get('dragged-1')).toMatchObject({
      phase: 'failed',
      message: 'The worker stopped',
    });
    expect(client.methods.get().get('dragged-16')?.message).toMatch(/After 7 steps/);
    expect(client.state.get().phase).toBe('running');
    workers[2].answer({ done: true });
    await settled();
    // Only what failed is run again.
    client.play();
    await settled();
    expect(phases()).toEqual({ 'dragged-1': 'running', 'dragged-16': 'running', direct: 'finished' });
  });

  test('other settings end what is at work; those of before bring their results back', async () => {
    const { client, workers, phases } = setUp();
    client.play();
    await settled();
    workers[0].answer({ done: true });
    await settled();
    client.configure(withValue(families, experiment, 'kT', 1.5), 'auto');
    expect(workers.every(({ ended }) => ended)).toBe(true);
    expect(phases()).toEqual({});
    client.configure(experiment, 'auto');
    expect(phases()).toEqual({ 'dragged-1': 'finished' });
  });
});

test('what a person looks at does not begin a run anew', () => {
  const identityWith = (key: string, value: ParamValue) =>
    couplingIdentity(withValue(families, experiment, key, value));
  const identity = couplingIdentity(experiment);
  expect(identityWith('at', [0.5])).toBe(identity);
  expect(identityWith('couple.ceiling', 11)).toBe(identity);
  expect(identityWith('arms', 'plain')).toBe(identity);
  const away = withValue(families, experiment, 'station', 'explore');
  expect(couplingIdentity(withValue(families, away, 'station', 'couple'))).toBe(identity);
  expect(identityWith('couple.moves', 'none')).not.toBe(identity);
  expect(identityWith('couple.windows', 12)).not.toBe(identity);
  expect(identityWith('seed', 4)).not.toBe(identity);
  expect(identityWith('budget', 3e5)).not.toBe(identity);
  expect(identityWith('integrator.dt', 0.001)).not.toBe(identity);
});

test('distributions are looked at in places along the windows; the nearest one is shown', async () => {
  const places = placesOfDistributions(experiment);
  expect(places).toHaveLength(21);
  expect(placeOf(withValue(families, experiment, 'at', [0.31]))).toBeCloseTo(
    places.reduce((a, b) => (Math.abs(b - 0.31) < Math.abs(a - 0.31) ? b : a)),
    12,
  );
  const { client, workers } = setUp(1);
  client.run(['direct']);
  await settled();
  expect(workers[0].at).toEqual(places);
});
