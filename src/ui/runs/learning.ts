/**
 * Drives one learning worker: data, training, and what the page wants to see of the model. One loop asks for one thing
 * at a time; of fields and samples only the latest wish counts, so that nothing queues behind a drag.
 */
import type * as Comlink from 'comlink';
import { families } from '../../catalog.ts';
import { toldOf, usesNetwork } from '../../core/conditioning/uses-network.ts';
import type { Experiment, StationId } from '../../core/experiment.ts';
import type { BackendId, LearnApi, LearnInfo, Minibatch } from '../../core/learn-protocol.ts';
import { parseQuery } from '../../core/query.ts';
import { messageOf } from '../format.ts';
import { drawings, fileData, ownProblemOf, ownStatesOf } from '../learn-data/own-data.ts';
import { changedKeys } from '../link.ts';
import { Signal } from '../signal.ts';
import { learnWorker, type Remote } from '../workers.ts';
import {
  type Errand,
  type Field,
  type Generated,
  NO_PROGRESS,
  type Progress,
  type Wishes,
} from './model-view.ts';
import { PointBuffer } from './point-buffer.ts';
import { Questions } from './questions.ts';
import { isBusy, type Phase, type Run, type RunState } from './run.ts';
import { TrainingRecord } from './training-record.ts';

const TRAINING_BUDGET = 60;
const GENERATION_BUDGET = 40;
/** A worker that has not answered this long after Stop is ended. */
const PATIENCE = 150;
/** While training, the learned field and a few samples are renewed at these intervals, ms. */
const FIELD_INTERVAL = 800;
const PREVIEW_INTERVAL = 3000;
const PREVIEW_COUNT = 2000;
export const FIELD_POINTS = 13;

const IDLE: RunState = { phase: 'idle', message: null };

export class LearnClient implements Run {
  readonly state = new Signal<RunState>(IDLE);
  readonly info = new Signal<LearnInfo | null>(null);
  readonly progress = new Signal<Progress>(NO_PROGRESS);
  readonly field = new Signal<Field | null>(null);
  readonly generated = new Signal<Generated | null>(null);
  /** Why nothing can be generated with the settings of now; the model itself is well. */
  readonly refusal = new Signal<string | null>(null);
  readonly networkEvaluations = new Signal(0);
  /** What the last single step looked at. */
  readonly minibatch = new Signal<Minibatch | null>(null);
  /** The experiment that the model was trained on. */
  readonly trainedOn = new Signal<Experiment | null>(null);

  /** The states that the person brought for it, if it was trained on such. */
  trainedOwn: Float32Array | null = null;

  /** Asked for work when nothing else is to be done. */
  errands: (() => Errand | null) | null = null;

  /** Where the minibatch of a step is shown. */
  readonly step?: () => void;

  readonly #station: StationId;
  /** What was said to be missing when training was asked for. */
  #lacking: string | null = null;
  #worker: Remote<LearnApi> | null = null;
  #experiment: Experiment | null = null;
  #backend: BackendId | 'auto' = 'auto';
  #session = 0;
  #looping = false;
  #training = false;
  /** A single step is asked for. */
  #single = false;
  readonly #questions = new Questions();
  #wishes: Wishes = {};
  #fieldDue = false;
  #generationDue = false;
  #generation: { at: number | null; experiment: Experiment; buffer: PointBuffer } | null = null;
  #clock = { trained: 0, field: 0, preview: 0 };
  #record = new TrainingRecord();
  /** Network evaluations that the training and the generation under way have reported so far. */
  #counted = { training: 0, generation: 0 };

  constructor(station: StationId) {
    this.#station = station;
    if (station === 'learn') this.step = () => this.stepOnce();
    for (const own of [fileData, drawings]) own.subscribe(() => this.#provided());
  }

  configure(experiment: Experiment, backend: BackendId | 'auto'): void {
    const before = this.#experiment;
    this.#experiment = experiment;
    this.#backend = backend;
    if (!before) return;
    // Said again if it is still so.
    if (changedKeys(experiment, before).some((key) => key !== 'at')) this.refusal.set(null);
    if (!this.fits(experiment)) return;
    const returned = !this.fits(before);
    if (returned) this.#renew('field');
    if (
      returned ||
      changedKeys(experiment, before).some((key) => /^(schedule|generator|denoiser|condition|also)/.test(key))
    )
      this.#renew('generation');
  }

  /** Whether there is a model, and it is one of this system (and of these slow variables, if its network is told them). */
  fits(experiment: Experiment): boolean {
    const trained = this.trainedOn.get();
    if (trained?.system !== experiment.system) return false;
    const asked = { ...experiment, station: this.#station };
    return this.#station !== 'condition' || !usesNetwork(asked) || toldOf(trained) === toldOf(experiment);
  }

  /** Trains, or goes on training. */
  play(): void {
    const { step, steps } = this.progress.get();
    if (this.trainedOn.get() && step > 0 && step < steps && this.state.get().phase === 'paused') {
      this.#training = true;
      this.#setPhase('running');
      this.#loop();
    } else this.restart();
  }

  /** One step of training, whose minibatch is shown. */
  stepOnce(): void {
    if (isBusy(this.state.get())) return;
    this.#single = true;
    const { step, steps } = this.progress.get();
    if (this.trainedOn.get() && step < steps) this.#loop();
    else this.#start(false);
  }

  /** A question to the worker of the model, answered between two steps of training. Rejects with `Cancelled` when the model goes. */
  ask<R>(use: (api: Comlink.Remote<LearnApi>) => Promise<R>): Promise<R> {
    const answer = this.#questions.add(() => this.#call(use));
    this.#loop();
    return answer;
  }

  /** Takes up a model from a file; rejects with what is wrong with the file, and the model before stays. */
  async importModel(file: unknown): Promise<void> {
    const [training, session] = [this.#training, this.#session];
    this.#training = false;
    try {
      const info = await this.#call((api) => api.importModel(file, this.#backend));
      // Training that began meanwhile has replaced it.
      if (session !== this.#session) return;
      const { step, steps } = info;
      this.#forget();
      this.#session++;
      this.#looping = false;
      const { experiment } = parseQuery(info.experiment, families);
      this.#record = new TrainingRecord(step);
      this.#counted.training = step * Number(experiment['train.batch']);
      this.info.set(info);
      this.trainedOwn = null;
      this.trainedOn.set(experiment);
      this.progress.set({ ...NO_PROGRESS, step, steps, first: step });
      this.#setPhase(step < steps ? 'paused' : 'finished');
      this.#fieldDue = true;
      this.#generationDue = true;
    } catch (error) {
      this.#training = training;
      throw error;
    } finally {
      this.#loop();
    }
  }

  pause(): void {
    if (!isBusy(this.state.get())) return;
    const session = this.#session;
    this.#training = false;
    const preparing = this.state.get().phase === 'preparing';
    this.#setPhase('stopping');
    setTimeout(() => {
      if (session !== this.#session || this.state.get().phase !== 'stopping') return;
      this.#drop();
      this.state.set({
        phase: 'idle',
        message: preparing ? null : 'The learner did not answer and was ended; its model is lost.',
      });
    }, PATIENCE);
  }

  restart(): void {
    this.#start(true);
  }

  /** Makes the data and a network, and trains it not: enough for what needs no training. */
  prepare(): void {
    this.#start(false);
  }

  #start(train: boolean): void {
    const experiment = this.#experiment;
    if (!experiment) return;
    const problem = ownProblemOf(experiment);
    if (problem) {
      // The model before stays.
      this.#lacking = problem;
      this.state.set({ ...this.state.get(), message: problem });
      return;
    }
    const own = ownStatesOf(experiment);
    if (this.#looping || this.state.get().phase === 'failed') this.#drop();
    this.#forget();
    const session = ++this.#session;
    this.#setPhase('preparing');
    this.#call((api) => api.start({ ...experiment, station: this.#station }, this.#backend, own)).then(
      (info) => {
        if (session !== this.#session) return;
        this.trainedOwn = own;
        this.#begin(experiment, info, train);
      },
      (error) => this.#fail(error, session),
    );
  }

  /** The person has brought states: what was said of their absence is out of date. */
  #provided(): void {
    const state = this.state.get();
    if (this.#lacking !== null && state.message === this.#lacking)
      this.state.set({ ...state, message: null });
    this.#lacking = null;
  }

  /** What the page wants to see of the model, now and after every step of training. */
  wish(wishes: Wishes): void {
    const before = this.#wishes;
    this.#wishes = { ...before, ...wishes };
    if (wishes.sigma !== undefined && wishes.sigma !== before.sigma) this.#renew('field');
    const [a, b] = [wishes.generation, before.generation];
    if (a && (a.at !== b?.at || a.count !== b?.count)) this.#renew('generation');
  }

  #begin(experiment: Experiment, info: LearnInfo, train: boolean): void {
    if (this.state.get().phase === 'stopping') {
      this.#setPhase('idle');
      return;
    }
    this.info.set(info);
    this.trainedOn.set(experiment);
    this.progress.set({ ...NO_PROGRESS, steps: Number(experiment['train.steps']) });
    this.#training = train;
    this.#setPhase(train ? 'running' : 'idle');
    this.#generationDue = true;
    this.#loop();
  }

  #renew(what: 'field' | 'generation'): void {
    if (what === 'field') this.#fieldDue = true;
    else this.#generationDue = true;
    if (this.trainedOn.get()) this.#loop();
  }

  async #loop(): Promise<void> {
    if (this.#looping) return;
    const session = this.#session;
    this.#looping = true;
    try {
      for (let job = this.#nextJob(); job; job = this.#nextJob()) {
        await job();
        if (session !== this.#session) return;
      }
      this.#looping = false;
    } catch (error) {
      this.#fail(error, session);
    }
  }

  #nextJob(): (() => Promise<void>) | null {
    const now = performance.now();
    const { phase } = this.state.get();
    if (phase === 'failed') return null;
    if (phase === 'stopping') this.#settle();
    const question = this.#questions.next();
    if (question) return question;
    const asked = { ...this.#experiment!, station: this.#station };
    const learned = this.progress.get().step > 0 || !usesNetwork(asked);
    const started = learned && this.fits(asked);
    if (started && this.#fieldDue && this.#wishes.sigma !== undefined) return () => this.#askField();
    // What is under way shows its first states before it is replaced, else a drag that is faster would show nothing.
    const shown = this.#generation?.buffer.isEmpty !== true;
    if (started && this.#generationDue && this.#wishes.generation && shown)
      return () => this.#beginGeneration();
    if (this.#generation) return () => this.#continueGeneration();
    if (this.#single && this.trainedOn.get()) return () => this.#train(1);
    if (!this.#training) return started ? this.#errand() : null;
    if (now - this.#clock.field > FIELD_INTERVAL) this.#fieldDue = true;
    if (started && now - this.#clock.preview > PREVIEW_INTERVAL) this.#generationDue = true;
    return () => this.#train();
  }

  async #train(most?: number): Promise<void> {
    const session = this.#session;
    const begun = performance.now();
    const frame = await this.#call((api) => api.train(TRAINING_BUDGET, most));
    if (session !== this.#session) return;
    this.#single = false;
    if (frame.minibatch) this.minibatch.set(frame.minibatch);
    this.#clock.trained += performance.now() - begun;
    this.#record.append(frame);
    const info = this.info.get();
    if (frame.resumed && info) this.info.set({ ...info, backend: frame.resumed.to });
    this.#count('training', frame.networkEvaluations);
    const { first } = this.progress.get();
    const perStep = this.#clock.trained / Math.max(frame.step - first, 1) / 1000;
    this.progress.set({
      step: frame.step,
      steps: frame.steps,
      seconds: this.#clock.trained / 1000,
      secondsLeft: frame.step > 0 ? perStep * (frame.steps - frame.step) : null,
      losses: this.#record.losses(),
      validation: this.#record.validation,
      resumed: this.#record.resumed,
      first,
    });
    if (most === 1) {
      this.#setPhase('paused');
      this.#fieldDue = true;
    }
    if (!frame.done && !frame.divergence) return;
    this.#training = false;
    this.#fieldDue = true;
    this.#generationDue = true;
    this.state.set({ phase: 'finished', message: frame.divergence });
  }

  async #askField(): Promise<void> {
    const session = this.#session;
    const sigma = this.#wishes.sigma!;
    const experiment = this.trainedOn.get()!;
    this.#fieldDue = false;
    const field = await this.#call((api) => api.denoisingField(experiment, sigma, FIELD_POINTS));
    if (session !== this.#session) return;
    this.#clock.field = performance.now();
    this.field.set({ ...field, sigma });
  }

  async #beginGeneration(): Promise<void> {
    const { count, at } = this.#wishes.generation!;
    const asked = this.#training ? Math.min(count, PREVIEW_COUNT) : count;
    const experiment = this.#experiment!;
    this.#generationDue = false;
    this.#counted.generation = 0;
    this.#generation = null;
    try {
      await this.#call((api) => api.beginGeneration({ ...experiment, station: this.#station }, asked, at));
    } catch (error) {
      this.refusal.set(messageOf(error));
      this.generated.set(null);
      return;
    }
    this.refusal.set(null);
    this.#generation = { at, experiment, buffer: new PointBuffer(2) };
  }

  /** Gives the worker to whoever has work of lower rank. */
  #errand(): (() => Promise<void>) | null {
    const errand = this.errands?.();
    if (!errand) return null;
    const session = this.#session;
    const counted = this.networkEvaluations;
    return () =>
      errand(
        (use) => this.#call(use),
        () => session !== this.#session || this.#training || this.#generationDue || !this.#questions.isEmpty,
        (evaluations) => counted.set(counted.get() + evaluations),
      );
  }

  /** There may be an errand. */
  nudge(): void {
    if (this.trainedOn.get()) this.#loop();
  }

  async #continueGeneration(): Promise<void> {
    const session = this.#session;
    const generation = this.#generation!;
    const frame = await this.#call((api) => api.generate(GENERATION_BUDGET));
    if (session !== this.#session) return;
    generation.buffer.append(frame.samples.values);
    this.#count('generation', frame.networkEvaluations);
    if (frame.done) {
      this.#generation = null;
      this.#clock.preview = performance.now();
    }
    if (frame.samples.values.length > 0 || frame.done)
      this.generated.set({
        points: { dimension: frame.samples.dimension, values: generation.buffer.values() },
        at: generation.at,
        experiment: generation.experiment,
        done: frame.done,
        networkEvaluations: frame.networkEvaluations,
      });
  }

  /** Stop was heard: the model stays as it is now, and shows what it has learned. */
  #settle(): void {
    this.#setPhase(this.progress.get().step > 0 ? 'paused' : 'idle');
    this.#fieldDue = true;
    this.#generationDue = true;
  }

  /** Ends the worker, and with it the model. */
  #drop(): void {
    this.#session++;
    this.#looping = false;
    this.#worker?.restart();
    this.#forget();
  }

  #forget(): void {
    this.#training = false;
    this.#questions.cancel();
    this.minibatch.set(null);
    this.#generation = null;
    this.#record = new TrainingRecord();
    this.#counted = { training: 0, generation: 0 };
    this.#clock = { trained: 0, field: 0, preview: performance.now() };
    this.trainedOn.set(null);
    this.progress.set(NO_PROGRESS);
    this.field.set(null);
    this.generated.set(null);
    this.refusal.set(null);
  }

  #count(what: 'training' | 'generation', reported: number): void {
    this.networkEvaluations.set(this.networkEvaluations.get() + reported - this.#counted[what]);
    this.#counted[what] = reported;
  }

  #setPhase(phase: Phase): void {
    this.state.set({ phase, message: null });
  }

  #fail(error: unknown, session: number): void {
    if (session !== this.#session) return;
    this.#session++;
    this.#looping = false;
    this.#single = false;
    this.#training = false;
    this.trainedOn.set(null);
    this.state.set({ phase: 'failed', message: messageOf(error) });
  }

  #call<R>(use: (api: Comlink.Remote<LearnApi>) => Promise<R>): Promise<R> {
    this.#worker ??= learnWorker();
    return this.#worker.call(use);
  }
}

export const learners: Readonly<Record<'learn' | 'condition', LearnClient>> = {
  learn: new LearnClient('learn'),
  condition: new LearnClient('condition'),
};
