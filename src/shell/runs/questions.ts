/** Questions to a worker that is busy with something else: each is asked when its turn comes. */
import { Cancelled } from './remote.ts';

interface Waiting {
  readonly ask: () => Promise<void>;
  readonly cancel: () => void;
}

export class Questions {
  #waiting: Waiting[] = [];

  /** Settles with the answer, or rejects with `Cancelled`. */
  add<R>(use: () => Promise<R>): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      this.#waiting.push({
        ask: () => use().then(resolve, reject),
        cancel: () => reject(new Cancelled()),
      });
    });
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Asks the question whose turn it is; never throws. */
  next(): (() => Promise<void>) | null {
    return this.#waiting.shift()?.ask ?? null;
  }

  cancel(): void {
    const cancelled = this.#waiting;
    this.#waiting = [];
    for (const { cancel } of cancelled) cancel();
  }
}
