/** What a model answers to the page: its denoising field, and states it generates. Of each only the latest wish counts. */
import type { Experiment } from '../../core/params/experiment.ts';
import type { LearnApi } from '../../core/protocol/learn.ts';
import { messageOf } from '../../text/index.ts';
import { Meter } from './meter.ts';
import type { Field, Generated, Requests } from './model-view.ts';
import { PointBuffer } from './point-buffer.ts';
import { WorkerGone } from './remote.ts';
import { Signal } from './signal.ts';

const GENERATION_BUDGET = 40;
/** While training, the learned field and a few samples are renewed at these intervals, ms. */
const FIELD_INTERVAL = 800;
const PREVIEW_INTERVAL = 3000;
const PREVIEW_COUNT = 2000;
export const FIELD_POINTS = 13;

export type Answer = 'field' | 'generation';
/** Asks the worker of the model; rejects with `Cancelled` when the model has gone meanwhile. */
export type Ask = <R>(use: (api: LearnApi) => Promise<R>) => Promise<R>;

export class Answers {
  readonly field = new Signal<Field | null>(null);
  readonly generated = new Signal<Generated | null>(null);
  /** Why nothing can be generated with the settings of now; the model itself is well. */
  readonly refusal = new Signal<string | null>(null);

  readonly #ask: Ask;
  readonly #meter: Meter;
  #requests: Requests = {};
  readonly #due = { field: false, generation: false };
  #generation: { at: number | null; experiment: Experiment; buffer: PointBuffer } | null = null;
  #clock = { field: 0, preview: 0 };

  /** @param networkEvaluations the total to which generation adds */
  constructor(ask: Ask, networkEvaluations: Signal<number>) {
    this.#ask = ask;
    this.#meter = new Meter(networkEvaluations);
  }

  wish(requests: Requests): void {
    const before = this.#requests;
    this.#requests = { ...before, ...requests };
    if (requests.sigma !== undefined && requests.sigma !== before.sigma) this.renew('field');
    const [a, b] = [requests.generation, before.generation];
    if (a && (a.at !== b?.at || a.count !== b?.count)) this.renew('generation');
  }

  renew(...answers: readonly Answer[]): void {
    for (const answer of answers) this.#due[answer] = true;
  }

  /** While the model changes, what is shown is renewed now and then. */
  renewOld(): void {
    const now = performance.now();
    if (now - this.#clock.field > FIELD_INTERVAL) this.renew('field');
    if (now - this.#clock.preview > PREVIEW_INTERVAL) this.renew('generation');
  }

  get isGenerationDue(): boolean {
    return this.#due.generation;
  }

  /**
   * The next thing to ask of the worker, if there is any.
   * @param experiment what to ask for, or null while the model cannot answer it; what has begun is ended all the same
   * @param training the model is in training: fewer states do
   */
  next(
    experiment: Experiment | null,
    trainedOn: Experiment,
    training: boolean,
  ): (() => Promise<void>) | null {
    const { sigma, generation } = this.#requests;
    if (experiment && this.#due.field && sigma !== undefined) return () => this.#askField(trainedOn, sigma);
    // What is under way shows its first states before it is replaced, else a drag that is faster would show nothing.
    const shown = this.#generation?.buffer.isEmpty !== true;
    if (experiment && this.#due.generation && generation && shown) {
      const count = training ? Math.min(generation.count, PREVIEW_COUNT) : generation.count;
      return () => this.#beginGeneration(experiment, count, generation.at);
    }
    return this.#generation && (() => this.#continueGeneration());
  }

  /** Everything is asked of another worker. */
  restart(): void {
    this.#generation = null;
    this.#meter.begin();
    this.renew('field', 'generation');
  }

  /** The model is gone. */
  forget(): void {
    this.#generation = null;
    this.#meter.begin();
    this.#clock = { field: 0, preview: performance.now() };
    this.field.set(null);
    this.generated.set(null);
    this.refusal.set(null);
  }

  async #askField(trainedOn: Experiment, sigma: number): Promise<void> {
    this.#due.field = false;
    const field = await this.#ask((api) => api.denoisingField(trainedOn, sigma, FIELD_POINTS));
    this.#clock.field = performance.now();
    this.field.set({ ...field, sigma });
  }

  async #beginGeneration(experiment: Experiment, count: number, at: number | null): Promise<void> {
    this.#due.generation = false;
    this.#meter.begin();
    this.#generation = null;
    try {
      await this.#ask((api) => api.beginGeneration(experiment, count, at));
    } catch (error) {
      if (error instanceof WorkerGone) throw error;
      this.refusal.set(messageOf(error));
      this.generated.set(null);
      return;
    }
    this.refusal.set(null);
    this.#generation = { at, experiment, buffer: new PointBuffer(2) };
  }

  async #continueGeneration(): Promise<void> {
    const { at, experiment, buffer } = this.#generation!;
    const { samples, done, networkEvaluations } = await this.#ask((api) => api.generate(GENERATION_BUDGET));
    buffer.append(samples.values);
    this.#meter.report(networkEvaluations);
    if (done) {
      this.#generation = null;
      this.#clock.preview = performance.now();
    }
    if (samples.values.length > 0 || done)
      this.generated.set({
        points: { dimension: samples.dimension, values: buffer.values() },
        at,
        experiment,
        done,
        networkEvaluations,
      });
  }
}
