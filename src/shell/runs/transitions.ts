/**
 * Changes of the experiment that may have to wait until a text is examined. Until then all stays as it is; of changes of one
 * name that come meanwhile only the latest is kept.
 */
import { type Examination, type Question, Unexamined, withKnown } from '../../core/systems/examination.ts';
import { Cancelled } from './remote.ts';

/** Finds what changes: what it needs and nobody has examined is thrown as `Unexamined`. The change itself comes after. */
export type Attempt = () => () => void;

interface Waiting {
  readonly attempt: Attempt;
  readonly question: Question;
  /** What was wanted under the same name since. */
  readonly next: Attempt | null;
  readonly settled: () => void;
}

export interface TransitionEvents {
  /** Names of changes that wait. */
  readonly onWaiting: (names: readonly string[]) => void;
  readonly onFailure: (error: unknown) => void;
}

export class Transitions {
  readonly #waiting = new Map<string, Waiting>();
  #busy = false;

  constructor(
    private readonly ask: (question: Question) => Promise<Examination>,
    private readonly events: TransitionEvents,
  ) {}

  /** Makes the change at once, or when it can be. Resolves when it is made or has become void. */
  try(name: string, attempt: Attempt): Promise<void> {
    const before = this.#waiting.get(name);
    return new Promise((settled) => {
      if (!before) return this.#begin(name, attempt, settled);
      const both = () => {
        before.settled();
        settled();
      };
      this.#waiting.set(name, { ...before, next: attempt, settled: both });
    });
  }

  /** Nothing that waits is made any more. */
  cancel(): void {
    for (const { settled } of this.#waiting.values()) settled();
    this.#waiting.clear();
    this.#tell();
  }

  #begin(name: string, attempt: Attempt, settled: () => void): void {
    let change: () => void;
    try {
      change = withKnown(attempt);
    } catch (error) {
      if (!(error instanceof Unexamined)) throw error;
      this.#waiting.set(name, { attempt, question: error.question, next: null, settled });
      this.#tell();
      this.#run();
      return;
    }
    change();
    settled();
  }

  async #run(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let first = this.#first(); first; first = this.#first()) {
      const [name, { question }] = first;
      try {
        await this.ask(question);
      } catch (error) {
        if (!(error instanceof Cancelled)) this.#fail(name, error);
        continue;
      }
      this.#again(name, question);
    }
    this.#busy = false;
  }

  #first(): [string, Waiting] | undefined {
    return this.#waiting.entries().next().value;
  }

  /** The change that waited for this answer is made, unless it was called off; then the one that was wanted since. */
  #again(name: string, question: Question): void {
    const waiting = this.#waiting.get(name);
    if (waiting?.question !== question) return;
    this.#waiting.delete(name);
    const { attempt, next, settled } = waiting;
    this.#begin(name, attempt, next ? () => {} : settled);
    // It may wait for another answer.
    if (next) {
      const still = this.#waiting.get(name);
      if (still) this.#waiting.set(name, { ...still, next, settled });
      else this.#begin(name, next, settled);
    }
    this.#tell();
  }

  #fail(name: string, error: unknown): void {
    this.#waiting.get(name)?.settled();
    this.#waiting.delete(name);
    this.#tell();
    this.events.onFailure(error);
  }

  #tell(): void {
    this.events.onWaiting([...this.#waiting.keys()]);
  }
}
