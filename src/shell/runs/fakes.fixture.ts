/** A clock and a worker for tests: nothing happens before the test lets time pass. */
import type { RunApi } from '../../core/protocol/run.ts';
import type { Clock } from './clock.ts';
import { type Caller, Cancelled } from './remote.ts';

/** Time between two frames of the screen, ms. */
export const SCREEN = 16;

interface Timer {
  readonly due: number;
  readonly action: () => void;
}

/** Everything that can happen without time passing has happened. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 60; i++) await Promise.resolve();
}

export class FakeClock implements Clock {
  #now = 0;
  #timers: Timer[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, action: () => void): () => void {
    const timer = { due: this.#now + ms, action };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  frame(): Promise<void> {
    const next = SCREEN * (Math.floor(this.#now / SCREEN) + 1);
    return new Promise((resolve) => this.after(next - this.#now, resolve));
  }

  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settled();
    for (;;) {
      const next = this.#timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = next.due;
      next.action();
      await settled();
    }
    this.#now = end;
  }
}

/** What a worker does when it is its turn. */
export interface FakeRun<Order, Frame, Change> {
  begin(order: Order): Frame;
  advance(amount: number): Frame;
  patch?(change: Change): void;
}

/** Does one thing after the other, each of which takes its time. */
export class FakeWorker<Order, Frame, Change = never> implements Caller<RunApi<Order, Frame, Change>> {
  restarts = 0;
  /** What was asked of it. */
  readonly calls: string[] = [];
  #free = 0;
  #fails = new Set<(reason: Error) => void>();

  /** @param milliseconds what a call takes */
  constructor(
    private readonly clock: FakeClock,
    private readonly run: FakeRun<Order, Frame, Change>,
    public milliseconds: { begin: number; advance: number; patch: number } = {
      begin: 5,
      advance: 8,
      patch: 1,
    },
  ) {}

  call<R>(use: (api: RunApi<Order, Frame, Change>) => Promise<R>): Promise<R> {
    return use({
      begin: (order) => this.#inTurn('begin', () => this.run.begin(order)),
      advance: (_budget, amount) => this.#inTurn('advance', () => this.run.advance(amount)),
      patch: (change) => this.#inTurn('patch', () => this.run.patch?.(change)),
    });
  }

  restart(): void {
    this.restarts++;
    this.#free = 0;
    for (const fail of this.#fails) fail(new Cancelled());
    this.#fails.clear();
  }

  #inTurn<T>(name: 'begin' | 'advance' | 'patch', work: () => T): Promise<T> {
    this.calls.push(name);
    this.#free = Math.max(this.#free, this.clock.now()) + this.milliseconds[name];
    return new Promise<T>((resolve, reject) => {
      this.#fails.add(reject);
      this.clock.after(this.#free - this.clock.now(), () => {
        if (!this.#fails.delete(reject)) return;
        try {
          resolve(work());
        } catch (error) {
          reject(error);
        }
      });
    });
  }
}
