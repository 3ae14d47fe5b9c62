/** Learns the slow variable of an experiment that asks for one from data, in a worker of its own, before anything else is done. */
import { families, learnedCoordinates } from '../../catalog.ts';
import type { LearnedProgress } from '../../core/coarse/frame.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { LearnedCoordinate } from '../../core/systems/learned-cv.ts';
import { say } from '../../text/index.ts';
import { cvKey, isLearned } from '../parts/derived.ts';
import { Driver, type DriverOptions } from './driver.ts';
import { Signal } from './signal.ts';
import { coordinateWorker } from './workers.ts';

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
  readonly #driver: Driver<Experiment, LearnedProgress>;
  #key: string | null = null;

  constructor(options: Pick<DriverOptions<Experiment, LearnedProgress, never>, 'worker' | 'clock'>) {
    this.#driver = new Driver<Experiment, LearnedProgress>({
      ...options,
      policy: { budget: 0, problemOf: () => null, patience: 0 },
      show: (progress) => this.#show(progress),
    });
    this.#driver.state.subscribe(() => {
      const { phase, message } = this.#driver.state.get();
      if (phase === 'failed') this.state.set({ ...AT_REST, problem: message });
    });
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
    this.#key = key;
    this.#driver.end();
    this.state.set(key === null ? AT_REST : { phase: 'getting ready', share: 0, problem: null });
    if (key === null) return;
    this.#driver.begin(experiment);
    this.#driver.play();
  }

  /** Tries once more. */
  again(experiment: Experiment): void {
    this.#key = null;
    this.want(experiment);
  }

  #show({ phase, share, coordinate }: LearnedProgress): void {
    if (!coordinate) {
      this.state.set({ phase: say(phase), share, problem: null });
      return;
    }
    learnedCoordinates.add(this.#key!, coordinate);
    this.#key = null;
    this.state.set(AT_REST);
    this.made.set(this.made.get() + 1);
  }
}

export const learned = new LearnedClient({ worker: coordinateWorker() });
