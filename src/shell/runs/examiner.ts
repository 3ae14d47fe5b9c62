/** Has texts examined that somebody typed, or sent as a link: never on the thread of the page. */
import type { ExamineApi } from '../../core/protocol/examine.ts';
import { type Examination, learn, type Question, whenKnown } from '../../core/systems/examination.ts';
import type { Caller } from './remote.ts';
import { examineWorker } from './workers.ts';

export class Examiner {
  readonly #open = new Map<string, Promise<Examination>>();

  constructor(private readonly worker: Caller<ExamineApi>) {}

  /** The answer, which is known from then on. */
  readonly ask = (question: Question): Promise<Examination> => {
    const key = JSON.stringify(question);
    const open = this.#open.get(key);
    if (open) return open;
    const answer = this.worker
      .call((api) => api.examine(question))
      .then((examination) => learn(question, examination))
      .finally(() => this.#open.delete(key));
    this.#open.set(key, answer);
    return answer;
  };

  /** What `use` answers once all is examined that it needs. */
  after<R>(use: () => R): Promise<R> {
    return whenKnown(use, this.ask);
  }

  /** Ends what is being examined; who waits for it is told `Cancelled`. */
  stop(): void {
    if (this.#open.size > 0) this.worker.restart();
  }
}

export const examiner = new Examiner(examineWorker());
