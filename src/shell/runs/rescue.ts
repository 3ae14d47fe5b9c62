/** Another worker takes up the model of one that is lost, as the page last heard of it. */

import type { Message } from '../../core/message.ts';
import type { LearnApi, LearnInfo, ModelState } from '../../core/protocol/learn.ts';
import { say, text } from '../../text/index.ts';
import type { Answers } from './answers.ts';
import type { RunState } from './run.ts';
import type { Signal } from './signal.ts';
import type { TrainingSteps } from './training-steps.ts';
import type { Job, WorkerLoop } from './worker-loop.ts';

interface Client {
  readonly state: Signal<RunState>;
  readonly info: Signal<LearnInfo | null>;
}

export class Rescue {
  readonly #client: Client;
  readonly #loop: WorkerLoop<LearnApi>;
  readonly #steps: TrainingSteps;
  readonly #answers: Answers;
  /** What is to be done before anything else; null when nothing is to be rescued. */
  job: Job | null = null;

  constructor(client: Client, loop: WorkerLoop<LearnApi>, steps: TrainingSteps, answers: Answers) {
    this.#client = client;
    this.#loop = loop;
    this.#steps = steps;
    this.#answers = answers;
  }

  /** @param own the states that the person brought, on which the model is trained  @returns whether there is hope */
  begin(reason: Message, own: Float32Array | null): boolean {
    const { state } = this.#client;
    const model = this.#steps.rescue();
    this.job = model && (() => this.#takeUp(model, own, reason));
    if (model) state.set({ ...state.get(), message: text.runs.restarting(say(reason)) });
    return model !== null;
  }

  async #takeUp(model: ModelState, own: Float32Array | null, reason: Message): Promise<void> {
    const { state, info } = this.#client;
    const { backend } = info.get()!;
    await this.#loop.ask((api) => api.resume(model, backend, own));
    this.job = null;
    this.#steps.goOn({ from: null, to: backend, step: model.checkpoint.step, reason });
    this.#answers.restart();
    state.set({ ...state.get(), message: null });
  }
}
