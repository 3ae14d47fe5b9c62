import { describe, expect, it } from 'vitest';
import { Problem } from '../../core/message.ts';
import { messageOf } from '../../text/index.ts';
import { FakeClock } from './fakes.fixture.ts';
import { Cancelled, Remote, WorkerGone } from './remote.ts';
import { ThreadlessWorker } from './worker.fixture.ts';

interface Api {
  twice(value: number): Promise<number>;
  wait(ms: number): Promise<string>;
  refuse(): Promise<void>;
}

const PATIENCE = 30_000;

/** @param starts whether each worker starts, one after the other; all later ones do  @param beats whether they answer when asked */
function setUp({ starts = [] as boolean[], beats = true } = {}) {
  const clock = new FakeClock();
  const workers: ThreadlessWorker[] = [];
  const after = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));
  const remote = new Remote<Api>(
    'simulation',
    () => {
      let lives = true;
      const api = {
        life: async () => {
          if (!lives) await new Promise(() => {});
          lives = beats;
          return null;
        },
        twice: async (value: number) => 2 * value,
        wait: async (ms: number) => {
          await after(ms);
          return 'done';
        },
        refuse: async () => {
          throw new Problem({ id: 'too-long', values: { limit: 0.01 } });
        },
      };
      const worker = new ThreadlessWorker((starts[workers.length] ?? true) ? api : null);
      workers.push(worker);
      return worker as unknown as Worker;
    },
    PATIENCE,
    clock,
  );
  return { clock, workers, remote };
}

/** What becomes of a call. */
function outcomeOf(call: Promise<unknown>): { value: unknown } {
  const outcome: { value: unknown } = { value: 'pending' };
  call.then(
    (value) => {
      outcome.value = value;
    },
    (error) => {
      outcome.value = error;
    },
  );
  return outcome;
}

describe('patience', () => {
  it('counts from the last sign of life: one who waits behind others is not lost', async () => {
    const { clock, remote, workers } = setUp({ beats: false });
    const last = outcomeOf(remote.call((api) => api.wait(5 * PATIENCE)));
    for (let k = 1; k <= 10; k++) remote.call((api) => api.wait((k * PATIENCE) / 2));
    await clock.pass(5 * PATIENCE);
    expect(last.value).toBe('done');
    expect(workers).toHaveLength(1);
  });

  it('does not end while the worker answers that it lives', async () => {
    const { clock, remote } = setUp();
    const call = outcomeOf(remote.call((api) => api.wait(4 * PATIENCE)));
    await clock.pass(4 * PATIENCE);
    expect(call.value).toBe('done');
  });

  it('ends after silence, with a message that says how long', async () => {
    const { clock, remote, workers } = setUp({ beats: false });
    const lost: string[] = [];
    remote.onLoss = ({ message }) => lost.push(message);
    const call = outcomeOf(remote.call((api) => api.wait(100 * PATIENCE)));
    await clock.pass(PATIENCE + 4000);
    expect(call.value).toBeInstanceOf(WorkerGone);
    expect(messageOf(call.value)).toBe('The simulation has not answered for 30 s');
    expect(lost).toEqual([messageOf(call.value)]);
    expect(workers[0].terminated).toBe(true);
    const next = outcomeOf(remote.call((api) => api.twice(4)));
    await clock.pass(1);
    expect(next.value).toBe(8);
  });

  it('is short with a worker that does not start: another gets its calls', async () => {
    const { clock, remote, workers } = setUp({ starts: [false] });
    const call = outcomeOf(remote.call((api) => api.twice(21)));
    await clock.pass(22_000);
    expect(call.value).toBe(42);
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
  });

  it('ends when the second does not start either, and the failure is forgotten', async () => {
    const { clock, remote, workers } = setUp({ starts: [false, false] });
    const call = outcomeOf(remote.call((api) => api.twice(21)));
    await clock.pass(44_000);
    expect(messageOf(call.value)).toBe('The simulation has not answered for 20 s');
    const again = outcomeOf(remote.call((api) => api.twice(21)));
    await clock.pass(1);
    expect(again.value).toBe(42);
    expect(workers).toHaveLength(3);
  });
});

describe('a worker', () => {
  it('that crashes fails its calls at once', async () => {
    const { clock, remote, workers } = setUp();
    const call = outcomeOf(remote.call((api) => api.wait(1000)));
    await clock.pass(10);
    workers[0].crash('out of memory');
    await clock.pass(1);
    expect(messageOf(call.value)).toBe('The simulation stopped: out of memory');
  });

  it('that is stopped on purpose rejects what was under way, and no late answer of it is heard', async () => {
    const { clock, remote } = setUp();
    const call = outcomeOf(remote.call((api) => api.wait(1000)));
    await clock.pass(10);
    remote.restart();
    await clock.pass(2000);
    expect(call.value).toBeInstanceOf(Cancelled);
  });

  it('hands on a problem with the message that it tells', async () => {
    const { clock, remote } = setUp();
    const call = outcomeOf(remote.call((api) => api.refuse()));
    await clock.pass(1);
    expect(call.value).toBeInstanceOf(Problem);
    expect((call.value as Problem).told).toEqual({ id: 'too-long', values: { limit: 0.01 } });
  });
});
