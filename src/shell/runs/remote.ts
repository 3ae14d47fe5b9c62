/**
 * A worker as seen from the page. It is started when first called, and every call settles: with the answer, or with an error
 * when the worker crashes, is restarted, or shows no sign of life for too long.
 */
import * as Comlink from 'comlink';
import '../../../workers/thrown.ts';
import type { LearnedCvService } from '../../../workers/learned-cv-service.ts';
import { learnedCoordinates } from '../../catalog.ts';
import { text } from '../../text/index.ts';
import { type Clock, pageClock } from './clock.ts';

/** The worker is gone, and the answer with it. */
export class WorkerGone extends Error {
  override name = 'WorkerGone';
}

/** The worker was stopped on purpose while a call was under way. */
export class Cancelled extends WorkerGone {
  override name = 'Cancelled';

  constructor() {
    super(text.runs.stopped);
  }
}

export const SECOND = 1000;
/** Time between two heartbeats, ms. */
const BEAT = 2 * SECOND;
/** A worker that has not shown its first sign of life after so long is replaced, once. */
const PATIENCE_AT_START = 20 * SECOND;
/** A worker that lives but answers nothing waits for something that never comes. */
const LONGEST_CALL = 600 * SECOND;

/** What every worker answers beside its own methods (`workers/serve.ts`): the name of the lock that it holds for life. */
interface Living {
  life(): Promise<string | null>;
}

/** What a run needs of a worker. */
export type Caller<Api> = Pick<Remote<Api>, 'call' | 'restart'>;

interface Call<Api> {
  readonly use: (api: Api) => Promise<unknown>;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

interface Live<Api> {
  readonly worker: Worker;
  /** Kept as long as the worker: Comlink drops the answer of a proxy that is garbage-collected. */
  readonly proxy: Api & Living & LearnedCvService;
  readonly pending: Set<Call<Api>>;
  /** Learned coordinates that the worker was told. */
  readonly told: Set<string>;
  /** It has answered once. */
  started: boolean;
  /** Heartbeats since the last sign of life, and since the last answer: unlike time, they stand still while the page sleeps. */
  silent: number;
  unanswered: number;
  stopBeating: (() => void) | null;
}

export class Remote<Api> {
  /** Hears of a worker that is lost, also while no call is under way. */
  onLoss: ((reason: WorkerGone) => void) | null = null;
  #live: Live<Api> | undefined;
  /** The worker before never started. */
  #retried = false;

  /**
   * @param name what messages call the worker  @param make starts it
   * @param patience milliseconds without a sign of life after which its calls fail
   */
  constructor(
    private readonly name: string,
    private readonly make: () => Worker,
    private readonly patience: number,
    private readonly clock: Clock = pageClock,
  ) {}

  /** Calls a method of the worker, starting the worker if there is none. */
  call<R>(use: (api: Api) => Promise<R>): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      this.#send({ use, resolve: resolve as (answer: unknown) => void, reject });
    });
  }

  /** Ends the worker at once; calls under way reject with `Cancelled`, the next call starts a new worker. */
  restart(): void {
    this.#retried = false;
    for (const { reject } of this.#stop()) reject(new Cancelled());
  }

  #send(call: Call<Api>): void {
    this.#live ??= this.#start();
    const live = this.#live;
    tell(live);
    live.pending.add(call);
    this.#beat(live);
    const settle = (how: () => void) => {
      if (!live.pending.delete(call)) return;
      live.unanswered = 0;
      this.#hear(live);
      how();
    };
    call.use(live.proxy).then(
      (answer) => settle(() => call.resolve(answer)),
      (reason) => settle(() => call.reject(reason)),
    );
  }

  #start(): Live<Api> {
    const worker = this.make();
    const proxy = Comlink.wrap(worker) as unknown as Live<Api>['proxy'];
    const live: Live<Api> = {
      ...{ worker, proxy, pending: new Set<Call<Api>>(), told: new Set<string>() },
      ...{ started: false, silent: 0, unanswered: 0, stopBeating: null },
    };
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#lose(live, text.runs.crashed(this.name, event.message));
    });
    worker.addEventListener('messageerror', () => this.#lose(live, text.runs.unreadable(this.name)));
    this.#watch(live);
    return live;
  }

  /** Learns when the worker is gone, however that came: nothing else tells of one that ends without an error. */
  async #watch(live: Live<Api>): Promise<void> {
    const lock = await live.proxy.life();
    this.#hear(live);
    if (lock === null) return;
    await navigator.locks.request(lock, () => {});
    this.#lose(live, text.runs.ended(this.name));
  }

  #hear(live: Live<Api>): void {
    live.started = true;
    live.silent = 0;
    this.#retried = false;
  }

  /** As long as calls are under way, the worker is asked whether it lives. */
  #beat(live: Live<Api>): void {
    live.stopBeating ??= this.clock.after(BEAT, () => {
      live.stopBeating = null;
      if (live.pending.size === 0) {
        live.silent = 0;
        live.unanswered = 0;
        return;
      }
      live.silent++;
      live.unanswered++;
      const patience = live.started ? this.patience : Math.min(PATIENCE_AT_START, this.patience);
      const silence = (ms: number) => this.#lose(live, text.runs.noAnswer(this.name, ms / SECOND));
      if (live.silent * BEAT >= patience) silence(patience);
      else if (live.unanswered * BEAT >= Math.max(this.patience, LONGEST_CALL))
        silence(live.unanswered * BEAT);
      else {
        live.proxy.life().then(() => this.#hear(live));
        this.#beat(live);
      }
    });
  }

  /** A worker that never started may have had bad luck: another gets its calls, once. */
  #lose(live: Live<Api>, what: string): void {
    // What becomes of a worker that was replaced in the meantime must not end its successor.
    if (live !== this.#live) return;
    const calls = this.#stop();
    if (!live.started && !this.#retried) {
      this.#retried = true;
      for (const call of calls) this.#send(call);
      return;
    }
    this.#retried = false;
    const reason = new WorkerGone(what);
    for (const { reject } of calls) reject(reason);
    this.onLoss?.(reason);
  }

  /** @returns the calls that were under way */
  #stop(): Call<Api>[] {
    const stopped = this.#live;
    this.#live = undefined;
    stopped?.worker.terminate();
    stopped?.stopBeating?.();
    const calls = [...(stopped?.pending ?? [])];
    stopped?.pending.clear();
    return calls;
  }
}

/** Before a worker is asked for anything that follows from a learned coordinate, it knows it. Messages keep their order. */
function tell<Api>({ proxy, told }: Live<Api>): void {
  for (const [key, coordinate] of learnedCoordinates.entries) {
    if (told.has(key)) continue;
    told.add(key);
    // A worker that dies meanwhile is replaced, and its successor told again.
    Promise.resolve(proxy.know(key, coordinate)).catch(() => undefined);
  }
}
