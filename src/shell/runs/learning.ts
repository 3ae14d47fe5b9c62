/** Drives one learning worker: which model there is, in what state it is, and what is to be done next. */

import { families } from '../../catalog.ts';
import type { BackendId } from '../../core/generative/backends.ts';
import { usesNetwork } from '../../core/generative/conditioning/uses-network.ts';
import { toldBy } from '../../core/message.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { LearnApi, LearnInfo } from '../../core/protocol/learn.ts';
import { say, text } from '../../text/index.ts';
import { ownStatesOf } from '../data/own-data.ts';
import { changedKeys } from '../parts/derived.ts';
import { Answers } from './answers.ts';
import { LackingStates } from './lacking-states.ts';
import { type BackgroundTask, isModelOf, type Requests } from './model-view.ts';
import { Questions } from './questions.ts';
import { Cancelled } from './remote.ts';
import { Rescue } from './rescue.ts';
import { isBusy, type Phase, type Run, type RunState } from './run.ts';
import { Signal } from './signal.ts';
import { TrainingSteps } from './training-steps.ts';
import { type Job, WorkerLoop } from './worker-loop.ts';
import { learnWorker } from './workers.ts';

/** A worker that has not answered this long after Stop is ended. */
const PATIENCE = 150;

export class LearnClient implements Run {
  readonly state = new Signal<RunState>({ phase: 'idle', message: null });
  readonly info = new Signal<LearnInfo | null>(null);
  readonly networkEvaluations = new Signal(0);

  readonly #loop = new WorkerLoop<LearnApi>(
    learnWorker,
    () => this.#nextJob(),
    (error) => this.#fail(error),
  );
  readonly #answers = new Answers((use) => this.#loop.ask(use), this.networkEvaluations);
  readonly field = this.#answers.field;
  readonly generated = this.#answers.generated;
  readonly refusal = this.#answers.refusal;
  readonly #steps = new TrainingSteps((use) => this.#loop.ask(use), this.networkEvaluations);
  readonly progress = this.#steps.progress;
  readonly minibatch = this.#steps.minibatch;
  readonly #rescue = new Rescue(this, this.#loop, this.#steps, this.#answers);

  /** The experiment that the model was trained on. */
  readonly trainedOn = new Signal<Experiment | null>(null);

  /** The states that the person brought for it, if it was trained on such. */
  trainedOwn: Float32Array | null = null;

  /** Asked for work when nothing else is to be done. */
  errands: (() => BackgroundTask | null) | null = null;

  /** Where the minibatch of a step is shown. */
  readonly step?: () => void;

  readonly #lacking = new LackingStates(this.state);
  #experiment: Experiment | null = null;
  #backend: BackendId | 'auto' = 'auto';
  #training = false;
  /** A single step is asked for. */
  #single = false;
  readonly #questions = new Questions();

  /** @param station whose models they are */
  constructor(readonly station: string) {
    if (families.stations[station].trains === 'plain') this.step = () => this.stepOnce();
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
    if (returned) this.#answers.renew('field');
    if (returned || changedKeys(experiment, before, 'generation').length > 0)
      this.#answers.renew('generation');
    this.nudge();
  }

  /** Whether there is a model, and it is one of this system (and of these slow variables, if its network is told them). */
  fits(experiment: Experiment): boolean {
    return isModelOf(this.trainedOn.get(), { ...experiment, station: this.station });
  }

  /** Trains, or goes on training. */
  play(): void {
    const { step, steps } = this.progress.get();
    if (this.trainedOn.get() && step > 0 && step < steps && this.state.get().phase === 'paused') {
      this.#training = true;
      this.#setPhase('running');
      this.#loop.run();
    } else this.restart();
  }

  /** One step of training, whose minibatch is shown. */
  stepOnce(): void {
    if (isBusy(this.state.get())) return;
    this.#single = true;
    const { step, steps } = this.progress.get();
    if (this.trainedOn.get() && step < steps) this.#loop.run();
    else this.#start(false);
  }

  /** A question to the worker of the model, answered between two steps of training. Rejects with `Cancelled` when the model goes. */
  ask<R>(use: (api: LearnApi) => Promise<R>): Promise<R> {
    const answer = this.#questions.add(() => this.#loop.call(use));
    this.#loop.run();
    return answer;
  }

  /**
   * Takes up a model from a file; rejects with what is wrong with the file, and the model before stays.
   * @param own the states of its experiment that the person brought
   */
  async importModel(file: unknown, own: Float32Array | null = null): Promise<void> {
    const training = this.#training;
    const { session } = this.#loop;
    this.#training = false;
    try {
      const info = await this.#loop.call((api) => api.importModel(file, this.#backend, own));
      // Training that began meanwhile has replaced it.
      if (session !== this.#loop.session) return;
      this.#loop.renew();
      this.#forget();
      this.#adopt(info, own);
      const { step, steps } = this.progress.get();
      this.#setPhase(step < steps ? 'paused' : 'finished');
      this.#answers.renew('field', 'generation');
    } catch (error) {
      this.#training = training;
      throw error;
    } finally {
      this.#loop.run();
    }
  }

  pause(): void {
    if (!isBusy(this.state.get())) return;
    const { session } = this.#loop;
    this.#training = false;
    const preparing = this.state.get().phase === 'preparing';
    this.#setPhase('stopping');
    setTimeout(() => {
      if (session !== this.#loop.session || this.state.get().phase !== 'stopping') return;
      if (!preparing) {
        this.#settle();
        // A worker that is taking up the model is given its time.
        if (!this.#rescue.job) this.#fail(text.runs.trainingStopped);
        return;
      }
      this.#loop.drop();
      this.#forget();
      this.#setPhase('idle');
    }, PATIENCE);
  }

  restart(): void {
    this.#start(true);
  }

  /** Makes the data and a network, and trains it not: enough for what needs no training. */
  prepare(): void {
    this.#start(false);
  }

  async #start(train: boolean): Promise<void> {
    const experiment = this.#experiment;
    // The model before stays.
    if (!experiment || this.#lacking.check(experiment)) return;
    const own = ownStatesOf(experiment);
    if (this.#loop.isBusy || this.state.get().phase === 'failed') this.#loop.drop();
    else this.#loop.renew();
    this.#forget();
    this.#setPhase('preparing');
    try {
      const asked = { ...experiment, station: this.station };
      const info = await this.#loop.ask((api) => api.start(asked, this.#backend, own));
      if (this.state.get().phase === 'stopping') {
        this.#setPhase('idle');
        return;
      }
      this.#adopt(info, own);
    } catch (error) {
      if (!(error instanceof Cancelled)) this.#fail(error);
      return;
    }
    this.#training = train;
    this.#setPhase(train ? 'running' : 'idle');
    this.#answers.renew('generation');
    this.#loop.run();
  }

  #adopt(info: LearnInfo, own: Float32Array | null): void {
    this.#steps.begin(info.model);
    this.info.set(info);
    this.trainedOwn = own;
    this.trainedOn.set(info.model.experiment);
  }

  /** What the page wants to see of the model, now and after every step of training. */
  wish(requests: Requests): void {
    this.#answers.wish(requests);
    this.nudge();
  }

  #nextJob(): Job | null {
    const { phase } = this.state.get();
    if (phase === 'failed') return null;
    if (phase === 'stopping') this.#settle();
    if (this.#rescue.job) return this.#rescue.job;
    const question = this.#questions.next();
    if (question) return question;
    const trainedOn = this.trainedOn.get();
    if (!trainedOn) return null;
    const asked = { ...this.#experiment!, station: this.station };
    const learned = this.progress.get().step > 0 || !usesNetwork(asked, families);
    const answering = learned && this.fits(asked);
    const answer = this.#answers.next(answering ? asked : null, trainedOn, this.#training);
    if (answer) return answer;
    if (this.#single) return () => this.#train(1);
    if (!this.#training) return answering ? this.#errand() : null;
    this.#answers.renewOld();
    return () => this.#train();
  }

  async #train(most?: number): Promise<void> {
    const frame = await this.#steps.take(most);
    this.#single = false;
    const info = this.info.get();
    if (frame.resumed && info) this.info.set({ ...info, backend: frame.resumed.to });
    if (most === 1) {
      this.#setPhase('paused');
      this.#answers.renew('field');
    }
    if (!frame.done && !frame.divergence) return;
    this.#training = false;
    this.#answers.renew('field', 'generation');
    this.state.set({
      phase: 'finished',
      message: frame.divergence && say(frame.divergence),
      diverged: frame.divergence !== null,
    });
  }

  /** Gives the worker to whoever has work of lower rank. */
  #errand(): Job | null {
    const errand = this.errands?.();
    if (!errand) return null;
    const counted = this.networkEvaluations;
    return () =>
      errand(
        (use) => this.#loop.ask(use),
        () => this.#training || this.#answers.isGenerationDue || !this.#questions.isEmpty,
        (evaluations) => counted.set(counted.get() + evaluations),
      );
  }

  /** There may be an errand. */
  nudge(): void {
    if (this.trainedOn.get()) this.#loop.run();
  }

  /** Stop was heard: the model stays as it is now, and shows what it has learned. */
  #settle(): void {
    this.#setPhase(this.progress.get().step > 0 ? 'paused' : 'idle');
    this.#answers.renew('field', 'generation');
  }

  #forget(): void {
    this.#rescue.job = null;
    this.#training = false;
    this.#questions.cancel();
    this.#steps.forget();
    this.trainedOn.set(null);
    this.#answers.forget();
  }

  #setPhase(phase: Phase): void {
    this.state.set({ phase, message: null });
  }

  /** The worker is gone, or no longer to be trusted: another takes up the model, else it is lost. */
  #fail(error: unknown): void {
    this.#loop.drop();
    const reason = toldBy(error);
    if (this.trainedOn.get() && this.#rescue.begin(reason, this.trainedOwn)) {
      this.#loop.run();
      return;
    }
    this.#single = false;
    this.#training = false;
    this.trainedOn.set(null);
    this.state.set({ phase: 'failed', message: say(reason) });
  }
}

/** One for every station that trains. */
export const learners: Readonly<Record<string, LearnClient>> = Object.fromEntries(
  Object.keys(families.stations)
    .filter((id) => families.stations[id].trains)
    .map((id) => [id, new LearnClient(id)]),
);
