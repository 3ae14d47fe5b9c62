/** Learns the slow variable of an experiment that asks for one from data, in a worker of its own, before anything else is done. */
import { families, learnedCoordinates } from '../../catalog.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { CloseApi } from '../../core/protocol/close.ts';
import type { LearnedCoordinate } from '../../core/systems/learned-cv.ts';
import { messageOf, say } from '../../text/index.ts';
import { cvKey, isLearned } from '../parts/derived.ts';
import { Cancelled, closeWorker, type Remote } from './remote.ts';
import { Signal } from './signal.ts';

export interface LearnedState {
  /** What is under way; null when nothing is. */
  readonly phase: string | null;
  readonly share: number;
  /** Why there is none. */
  readonly problem: string | null;
}

const AT_REST: LearnedState = { phase: null, share: 0, problem: null };

export class LearnedClient {
  readonly state = new Signal<LearnedState>(AT_REST);
  /** Counts the coordinates that were learned. */
  readonly made = new Signal(0);

  readonly #worker: Pick<Remote<CloseApi>, 'call' | 'restart'>;
  #key: string | null = null;

  constructor(worker: Pick<Remote<CloseApi>, 'call' | 'restart'>) {
    this.#worker = worker;
  }

  /** Whether nothing must be learned first. */
  ready(experiment: Experiment): boolean {
    return !isLearned(experiment) || this.find(experiment) !== null;
  }

  find(experiment: Experiment): LearnedCoordinate | null {
    return learnedCoordinates.find(families, experiment);
  }

  /** Learns what this experiment needs, and nothing else any more. */
  want(experiment: Experiment): void {
    const key = this.ready(experiment) ? null : cvKey(experiment);
    if (key === this.#key) return;
    if (this.#key !== null) this.#worker.restart();
    this.#key = key;
    this.state.set(AT_REST);
    if (key !== null) this.#learn(experiment, key);
  }

  /** Tries once more. */
  again(experiment: Experiment): void {
    this.#key = null;
    this.want(experiment);
  }

  async #learn(experiment: Experiment, key: string): Promise<void> {
    try {
      this.state.set({ phase: 'getting ready', share: 0, problem: null });
      await this.#worker.call((api) => api.startLearning(experiment));
      for (;;) {
        const { phase, share, coordinate } = await this.#worker.call((api) => api.learn());
        if (key !== this.#key) return;
        if (!coordinate) this.state.set({ phase: say(phase), share, problem: null });
        else {
          learnedCoordinates.add(key, coordinate);
          this.#key = null;
          this.state.set(AT_REST);
          this.made.set(this.made.get() + 1);
          return;
        }
      }
    } catch (error) {
      if (error instanceof Cancelled || key !== this.#key) return;
      this.state.set({ phase: null, share: 0, problem: messageOf(error) });
    }
  }
}

export const learned = new LearnedClient(closeWorker());
