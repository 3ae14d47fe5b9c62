/** Says in the state of a run which states are missing that only the person can bring, until they come. */
import type { Experiment } from '../../core/params/experiment.ts';
import { drawings, fileData, ownProblemOf } from '../data/own-data.ts';
import type { RunState } from './run.ts';
import type { Signal } from './signal.ts';

export class LackingStates {
  readonly #state: Signal<RunState>;
  #said: string | null = null;

  constructor(state: Signal<RunState>) {
    this.#state = state;
    for (const own of [fileData, drawings]) own.subscribe(() => this.#provided());
  }

  /** Whether any are missing for this experiment; if so it is said. */
  check(experiment: Experiment): boolean {
    this.#said = ownProblemOf(experiment);
    if (this.#said !== null) this.#state.set({ ...this.#state.get(), message: this.#said });
    return this.#said !== null;
  }

  #provided(): void {
    const state = this.#state.get();
    if (this.#said !== null && state.message === this.#said) this.#state.set({ ...state, message: null });
    this.#said = null;
  }
}
