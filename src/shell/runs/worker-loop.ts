/** Asks one worker for one thing at a time, as long as there is something to ask. */
import { Cancelled, type Remote, type WorkerGone } from './remote.ts';

export type Job = () => Promise<void>;

export class WorkerLoop<Api> {
  readonly #make: () => Remote<Api>;
  readonly #next: () => Job | null;
  readonly #fail: (error: unknown) => void;
  #worker: Remote<Api> | null = null;
  /** Counts beginnings: answers and errors that belong to an earlier one are dropped. */
  #session = 0;
  #looping = false;
  #loss: WorkerGone | null = null;

  /**
   * @param next what to do now, null when nothing is to be done
   * @param fail hears of a job that failed or of a worker that is lost; the loop has ended
   */
  constructor(make: () => Remote<Api>, next: () => Job | null, fail: (error: unknown) => void) {
    this.#make = make;
    this.#next = next;
    this.#fail = fail;
  }

  get session(): number {
    return this.#session;
  }

  get isBusy(): boolean {
    return this.#looping;
  }

  /** Goes on until nothing is to be done. */
  async run(): Promise<void> {
    if (this.#looping) return;
    const session = this.#session;
    this.#looping = true;
    try {
      for (let job = this.#next(); job; job = this.#next()) {
        await job();
        if (session !== this.#session) return;
        // Questions keep their errors to themselves.
        if (this.#loss) throw this.#loss;
      }
      this.#looping = false;
    } catch (error) {
      if (session === this.#session) this.#end(error);
    }
  }

  /** What is under way belongs to the past. */
  renew(): void {
    this.#session++;
    this.#looping = false;
    this.#loss = null;
  }

  /** Ends the worker too; the next call starts another. */
  drop(): void {
    this.renew();
    this.#worker?.restart();
  }

  call<R>(use: (api: Api) => Promise<R>): Promise<R> {
    if (!this.#worker) {
      this.#worker = this.#make();
      this.#worker.onLoss = (reason) => {
        this.#loss = reason;
        if (!this.#looping) this.#end(reason);
      };
    }
    return this.#worker.call(use);
  }

  #end(error: unknown): void {
    this.renew();
    this.#fail(error);
  }

  /** As `call`, but rejects with `Cancelled` when the loop was renewed meanwhile. */
  ask<R>(use: (api: Api) => Promise<R>): Promise<R> {
    const session = this.#session;
    return this.call(use).finally(() => {
      if (session !== this.#session) throw new Cancelled();
    });
  }
}
