/** Steps of training that are asked of a worker, and what they have said so far. */
import type { Minibatch, TrainingFrame } from '../../core/learn-protocol.ts';
import { Signal } from '../signal.ts';
import type { Ask } from './answers.ts';
import { Meter } from './meter.ts';
import { NO_PROGRESS, type Progress, TrainingRecord } from './training-record.ts';

const BUDGET = 60;

export class TrainingSteps {
  readonly progress = new Signal<Progress>(NO_PROGRESS);
  /** What the last single step looked at. */
  readonly minibatch = new Signal<Minibatch | null>(null);

  readonly #ask: Ask;
  readonly #meter: Meter;
  #record = new TrainingRecord();

  /** @param networkEvaluations the total to which training adds */
  constructor(ask: Ask, networkEvaluations: Signal<number>) {
    this.#ask = ask;
    this.#meter = new Meter(networkEvaluations);
  }

  /** @param taken steps that were taken before, elsewhere, of so many examples each */
  begin(steps: number, taken: { readonly step: number; readonly batch: number }): void {
    this.minibatch.set(null);
    this.#record = new TrainingRecord(taken.step);
    this.#meter.begin(taken.step * taken.batch);
    this.progress.set({ ...NO_PROGRESS, step: taken.step, steps, first: taken.step });
  }

  forget(): void {
    this.minibatch.set(null);
    this.#record = new TrainingRecord();
    this.#meter.begin();
    this.progress.set(NO_PROGRESS);
  }

  /** As many steps as fit into a frame of the page, at most `most`. */
  async take(most?: number): Promise<TrainingFrame> {
    const begun = performance.now();
    const frame = await this.#ask((api) => api.train(BUDGET, most));
    if (frame.minibatch) this.minibatch.set(frame.minibatch);
    this.#record.append(frame, performance.now() - begun);
    this.#meter.report(frame.networkEvaluations);
    this.progress.set(this.#record.progress(frame));
    return frame;
  }
}
