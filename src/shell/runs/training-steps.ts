/** Steps of training that are asked of a worker, and what they have said so far. */
import { trainSettingsOf } from '../../core/generative/training-settings.ts';
import type { Minibatch, ModelState, Resumption, TrainingFrame } from '../../core/protocol/learn.ts';
import type { Ask } from './answers.ts';
import { Meter } from './meter.ts';
import { Signal } from './signal.ts';
import { NO_PROGRESS, type Progress, TrainingRecord } from './training-record.ts';

const BUDGET = 60;
/** Workers that may take up the same checkpoint: one after another that ends will not get further. */
const MOST_RESCUES = 3;

export class TrainingSteps {
  readonly progress = new Signal<Progress>(NO_PROGRESS);
  /** What the last single step looked at. */
  readonly minibatch = new Signal<Minibatch | null>(null);

  readonly #ask: Ask;
  readonly #meter: Meter;
  #record = new TrainingRecord();
  /** The model as it was last heard of, and how often it has been taken up since. */
  #kept: { readonly model: ModelState; rescues: number } | null = null;

  /** @param networkEvaluations the total to which training adds */
  constructor(ask: Ask, networkEvaluations: Signal<number>) {
    this.#ask = ask;
    this.#meter = new Meter(networkEvaluations);
  }

  /** What has been trained of the model was trained elsewhere. */
  begin(model: ModelState): void {
    const { step } = model.checkpoint;
    this.minibatch.set(null);
    this.#kept = { model, rescues: 0 };
    this.#record = new TrainingRecord(step);
    this.#meter.begin(step * trainSettingsOf(model.experiment).batch);
    const steps = trainSettingsOf(model.experiment).steps;
    this.progress.set({ ...NO_PROGRESS, step, steps, first: step });
  }

  forget(): void {
    this.minibatch.set(null);
    this.#kept = null;
    this.#record = new TrainingRecord();
    this.#meter.begin();
    this.progress.set(NO_PROGRESS);
  }

  /** The model for another worker, when the worker that had it is lost; null when there is no use in trying. */
  rescue(): ModelState | null {
    if (!this.#kept || this.#kept.rescues >= MOST_RESCUES) return null;
    this.#kept.rescues++;
    return this.#kept.model;
  }

  /** Another worker has taken up the model. */
  goOn(resumed: Resumption): void {
    this.#record.append({ losses: new Float32Array(), validation: [], resumed });
    const { steps } = this.progress.get();
    this.progress.set(this.#record.progress({ step: resumed.step, steps }));
  }

  /** As many steps as fit into a frame of the page, at most `most`. */
  async take(most?: number): Promise<TrainingFrame> {
    const begun = performance.now();
    const frame = await this.#ask((api) => api.train(BUDGET, most));
    const { checkpoint } = frame;
    if (checkpoint && this.#kept) this.#kept = { model: { ...this.#kept.model, checkpoint }, rescues: 0 };
    if (frame.minibatch) this.minibatch.set(frame.minibatch);
    this.#record.append(frame, performance.now() - begun);
    this.#meter.report(frame.networkEvaluations);
    this.progress.set(this.#record.progress(frame));
    return frame;
  }
}
