import { describe, expect, it } from 'vitest';
import type { Message } from '../../core/message.ts';
import { Driver, type Policy } from './driver.ts';
import { FakeClock, FakeWorker, settled } from './fakes.fixture.ts';
import { runToEnd } from './run-to-end.ts';

interface Frame {
  readonly order: string;
  readonly at: number;
  /** What was changed last. */
  readonly changed: string | null;
  readonly done: boolean;
  readonly problem: Message | null;
}

const PACED: Policy<string, Frame, string> = {
  budget: 8,
  problemOf: ({ problem }) => problem,
  rate: () => 600,
  stepSeconds: 1 / 60,
  showsStart: true,
  patience: 100,
  merged: (before, change) => `${before},${change}`,
};
const FREE: Policy<string, Frame, string> = {
  budget: 8,
  problemOf: ({ problem }) => problem,
  patience: 0,
};

/** @param failure why the run fails in the end */
function setUp({ policy = PACED, length = 1e9, failure = null as string | null, active = true } = {}) {
  const problem = failure === null ? null : { id: failure, values: {} };
  const clock = new FakeClock();
  let frame: Frame = { order: '', at: 0, changed: null, done: false, problem };
  const worker = new FakeWorker<string, Frame, string>(clock, {
    begin: (order) => {
      frame = { order, at: 0, changed: null, done: false, problem };
      return frame;
    },
    advance: (amount) => {
      const at = Math.min(length, frame.at + Math.min(amount, 1000));
      frame = { ...frame, at, done: at === length };
      return frame;
    },
    patch: (changed) => {
      frame = { ...frame, changed };
    },
  });
  const shown: Frame[] = [];
  const phases: string[] = [];
  const driver = new Driver<string, Frame, string>({
    ...{ worker, policy, clock, active },
    show: (next) => shown.push(next),
  });
  driver.state.subscribe(() => phases.push(driver.state.get().phase));
  return { clock, worker, driver, shown, phases };
}

describe('a paced run', () => {
  it('shows a frame at every frame of the screen, each worth the time that has passed', async () => {
    const { clock, driver, shown } = setUp();
    driver.begin('a');
    driver.play();
    await clock.pass(1600);
    expect(shown.length).toBeGreaterThan(95);
    expect(shown.at(-1)?.at).toBeGreaterThan(900);
    expect(shown.at(-1)?.at).toBeLessThan(1000);
  });

  it('that is not played shows its start and asks for no more', async () => {
    const { clock, worker, driver, shown } = setUp();
    driver.begin('a');
    await clock.pass(200);
    expect(shown.map(({ at }) => at)).toEqual([0]);
    expect(worker.calls).toEqual(['begin']);
    expect(driver.state.get().phase).toBe('idle');
  });

  it('that nobody looks at rests, and goes on where it was', async () => {
    const { clock, driver, shown } = setUp({ active: false });
    driver.begin('a');
    driver.play();
    await clock.pass(200);
    expect(shown).toEqual([]);
    driver.setActive(true);
    await clock.pass(200);
    driver.setActive(false);
    await clock.pass(50);
    const { length } = shown;
    expect(length).toBeGreaterThan(5);
    await clock.pass(500);
    expect(shown).toHaveLength(length);
    driver.setActive(true);
    await clock.pass(200);
    const places = shown.map(({ at }) => at);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('takes single steps, one for each time it is asked, in order', async () => {
    const { clock, driver, shown } = setUp();
    driver.begin('a');
    driver.step();
    await clock.pass(100);
    driver.step();
    driver.step();
    await clock.pass(100);
    expect(shown.map(({ at }) => at)).toEqual([0, 10, 20, 30]);
    expect(driver.state.get().phase).toBe('paused');
  });

  it('shows what came during a pause when it goes on, and once', async () => {
    const { clock, driver, shown } = setUp();
    driver.begin('a');
    driver.play();
    await clock.pass(100);
    driver.pause();
    await clock.pass(100);
    const { length } = shown;
    driver.play();
    await clock.pass(100);
    expect(shown.length).toBeGreaterThan(length);
    const places = shown.map(({ at }) => at);
    expect(new Set(places).size).toBe(places.length);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('that is changed in the midst keeps its pace, and shows every change that lasts', async () => {
    const { clock, worker, driver, shown } = setUp();
    driver.begin('a');
    driver.play();
    await clock.pass(100);
    const { length } = shown;
    for (let i = 0; i < 100; i++) {
      driver.change(String(i));
      await clock.pass(16);
    }
    expect(shown.length - length).toBeGreaterThan(90);
    await clock.pass(50);
    expect(shown.at(-1)?.changed).toContain('99');
    expect(worker.calls.filter((call) => call === 'begin')).toHaveLength(1);
  });

  it('that is changed at rest shows the change and stays where it is', async () => {
    const { clock, driver, shown } = setUp();
    driver.begin('a');
    driver.play();
    await clock.pass(100);
    driver.pause();
    await clock.pass(50);
    const { at } = shown.at(-1)!;
    driver.change('x');
    driver.change('y');
    await clock.pass(50);
    expect(shown.at(-1)).toMatchObject({ changed: 'y' });
    // One frame was under way.
    expect(shown.at(-1)!.at - at).toBeLessThanOrEqual(30);
    expect(driver.state.get().phase).toBe('paused');
  });

  it('stays finished, whatever is said to it afterwards', async () => {
    const { clock, driver, phases } = setUp({ length: 50 });
    driver.begin('a');
    driver.play();
    await clock.pass(500);
    expect(driver.state.get().phase).toBe('finished');
    phases.length = 0;
    driver.setActive(true);
    driver.play();
    await clock.pass(100);
    expect(driver.change('x')).toBe(false);
    expect(phases).toEqual([]);
  });

  it('that fails says why', async () => {
    const { clock, driver } = setUp({ length: 50, failure: 'It left every bound' });
    driver.begin('a');
    driver.play();
    await clock.pass(500);
    expect(driver.state.get()).toEqual({ phase: 'failed', message: 'It left every bound' });
  });
});

describe('a new run', () => {
  it('is never overwritten by the one before', async () => {
    const { clock, driver, shown } = setUp();
    driver.begin('a');
    driver.play();
    await clock.pass(100);
    driver.begin('b');
    const { length } = shown;
    await clock.pass(200);
    expect(shown.slice(length).every(({ order }) => order === 'b')).toBe(true);
    expect(shown.length).toBeGreaterThan(length + 5);
  });

  it('does not wait for one that takes long: its worker is replaced', async () => {
    const { clock, worker, driver, shown } = setUp();
    worker.milliseconds = { begin: 5, advance: 60_000, patch: 1 };
    driver.begin('a');
    driver.play();
    await clock.pass(100);
    worker.milliseconds = { begin: 5, advance: 8, patch: 1 };
    driver.begin('b');
    await clock.pass(300);
    expect(worker.restarts).toBe(1);
    expect(shown.at(-1)).toMatchObject({ order: 'b' });
    expect(driver.state.get().phase).toBe('running');
  });

  it('begins once when settings come in a burst, after they have rested', async () => {
    const { clock, worker, driver, shown } = setUp();
    driver.begin('a');
    driver.play();
    await clock.pass(100);
    const begun = () => worker.calls.filter((call) => call === 'begin').length;
    for (let i = 0; i < 20; i++) {
      driver.begin(`b${i}`, 180);
      await clock.pass(16);
    }
    expect(begun()).toBe(1);
    await clock.pass(400);
    expect(begun()).toBe(2);
    expect(shown.at(-1)?.order).toBe('b19');
  });

  it('begins in a new worker after a failure', async () => {
    const { clock, worker, driver } = setUp();
    const call = worker.call.bind(worker);
    worker.call = () => Promise.reject(new Error('It broke'));
    driver.begin('a');
    driver.play();
    await clock.pass(100);
    expect(driver.state.get()).toEqual({ phase: 'failed', message: 'It broke' });
    worker.call = call;
    driver.begin('a');
    await clock.pass(100);
    expect(worker.restarts).toBe(1);
    expect(driver.state.get().phase).toBe('running');
  });
});

describe('a run that is ended', () => {
  it('takes its worker with it when that is at work, and shows no more', async () => {
    const { clock, worker, driver, shown } = setUp({ policy: FREE });
    driver.begin('a');
    driver.play();
    await clock.pass(20);
    const { length } = shown;
    driver.end();
    await clock.pass(100);
    expect(worker.restarts).toBe(1);
    expect(shown).toHaveLength(length);
    expect(driver.state.get().phase).toBe('idle');
  });
});

describe('a run without an audience', () => {
  it('answers with its last frame, whatever the screen does', async () => {
    const { clock, worker } = setUp({ length: 5000 });
    const shown: Frame[] = [];
    const last = runToEnd<string, Frame>({
      worker,
      order: 'a',
      problemOf: ({ problem }) => problem,
      show: (frame) => shown.push(frame),
    });
    await clock.pass(1000);
    expect((await last).at).toBe(5000);
    expect(shown.at(-1)).toEqual(await last);
  });

  it('rejects with what is wrong, be it the run, its worker or whoever looks on', async () => {
    const failed = async (failure: string | null, show: () => void) => {
      const { clock, worker } = setUp({ length: 2000, failure });
      const end = runToEnd<string, Frame>({ worker, order: 'a', problemOf: (frame) => frame.problem, show });
      const message = end.then(
        () => 'it ended',
        (error: Error) => error.message,
      );
      await clock.pass(100);
      await settled();
      return message;
    };
    expect(await failed('Walkers are lost', () => {})).toBe('Walkers are lost');
    const leave = () => {
      throw new Error('Enough');
    };
    expect(await failed(null, leave)).toBe('Enough');
  });
});
