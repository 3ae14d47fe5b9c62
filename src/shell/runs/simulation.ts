/**
 * Drives the simulation worker: pulls frames one ahead of the screen, at a given speed of model time. Plain TypeScript;
 * the page listens to `state` and `frame`.
 */
import type * as Comlink from 'comlink';
import { families } from '../../catalog.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { SimulateApi } from '../../core/protocol/simulate.ts';
import type { SimulationFrame } from '../../core/sampling/frames.ts';
import { settingsOf } from '../../core/settings/settings.ts';
import { short } from '../../text/format.ts';
import { labelOf, messageOf, say, text } from '../../text/index.ts';
import { changedKeys } from '../parts/derived.ts';
import { factorOf, isLast, LONGEST_FRAME, Pacer, type SpeedId } from './pacing.ts';
import { type Remote, simulateWorker } from './remote.ts';
import type { Run, RunState } from './run.ts';
import { Signal } from './signal.ts';

/** Wall time of the worker per frame, ms: half a frame of the screen. */
const BUDGET = 8;
/** At speed 1 a whole run lasts this many seconds. */
const RUN_SECONDS = 24;

/** Model time per second of wall time, as text. */
export function speedText(id: SpeedId, experiment: Experiment): string {
  const factor = factorOf(id);
  return Number.isFinite(factor)
    ? text.runs.timePerSecond(short((factor * experiment.time) / RUN_SECONDS, 2))
    : text.runs.fastest;
}

export interface Disturbance {
  readonly cause: string;
  readonly time: number;
}

export class SimulationClient implements Run {
  readonly state = new Signal<RunState>({ phase: 'idle', message: null });
  readonly frame = new Signal<SimulationFrame | null>(null);
  readonly speed = new Signal<SpeedId>('normal');
  /** Set when a change of settings began the run anew. */
  readonly restarted = new Signal<string | null>(null);
  /** What changed in the midst of the run, when averages began anew last; first passages are mixed since. */
  readonly disturbed = new Signal<Disturbance | null>(null);

  #worker: Remote<SimulateApi> | null = null;
  #experiment: Experiment | null = null;
  #started: Promise<void> | null = null;
  #active = false;
  #wanted = false;
  /** Counts beginnings: answers and errors that belong to an earlier run are dropped. */
  #session = 0;
  /** Counts the loops of this run: at most one is alive. */
  #turn = 0;
  #ahead: Promise<SimulationFrame> | null = null;
  readonly #pacer = new Pacer();

  /** Takes over an experiment: live settings while running, anything else from the start. */
  configure(experiment: Experiment): void {
    const before = this.#experiment;
    this.#experiment = experiment;
    if (!before) return;
    const keys = changedKeys(experiment, before, 'simulation');
    if (keys.length === 0) return;
    const settings = settingsOf(families, experiment);
    const cause = labelOf(keys[0], experiment);
    // Frames of another system would be mistaken for frames of this one.
    if (changedKeys(experiment, before, 'energy').some((key) => !settings[key]?.live)) this.frame.set(null);
    if (this.#started && keys.every((key) => settings[key]?.live))
      this.#patch(experiment, text.runs.changed(cause));
    else this.#begin(cause);
  }

  /** A run that nobody looks at rests; it goes on when its station is opened again. */
  setActive(active: boolean): void {
    this.#active = active;
    if (active && this.#wanted) this.#loop();
    else if (active && !this.#started) this.#showStart();
    if (!active) this.#turn++;
  }

  play(): void {
    this.#wanted = true;
    if (this.state.get().phase === 'finished') this.#begin(null);
    else this.#loop();
  }

  pause(): void {
    this.#wanted = false;
    this.#turn++;
    if (this.state.get().phase === 'running') this.state.set({ phase: 'paused', message: null });
  }

  restart(): void {
    if (this.state.get().phase === 'failed') this.#worker?.restart();
    this.#wanted = true;
    this.#begin(null);
  }

  readonly step = (): void => {
    this.pause();
    const { phase } = this.state.get();
    if (phase === 'finished' || phase === 'failed') return;
    this.state.set({ phase: 'paused', message: null });
    this.#guarded(async () => {
      await this.#start();
      const frame = await (this.#ahead ?? this.#ask(1 / 60));
      this.#ahead = null;
      return frame;
    });
  };

  #begin(cause: string | null): void {
    this.#session++;
    this.#turn++;
    this.#started = null;
    this.#ahead = null;
    this.restarted.set(cause);
    this.disturbed.set(null);
    this.state.set({ phase: 'idle', message: null });
    if (this.#wanted) this.#loop();
    else this.#showStart();
  }

  /** A run at rest shows where its walkers start. */
  #showStart(): void {
    if (!this.#active) return;
    this.#guarded(async () => {
      await this.#start();
      return this.#call((api) => api.advance(BUDGET, 0));
    });
  }

  #patch(experiment: Experiment, cause: string): void {
    if (this.state.get().phase === 'finished') {
      this.#begin(null);
      return;
    }
    this.#disturb(cause, (api) => api.patch(experiment));
  }

  /** Puts a walker where a hand dropped it. */
  place(walker: number, at: readonly number[]): void {
    if (!this.#started || this.state.get().phase === 'failed') return;
    this.#disturb(text.runs.walkerMoved(walker + 1), (api) => api.place(walker, at));
  }

  #disturb(cause: string, change: (api: Comlink.Remote<SimulateApi>) => Promise<void>): void {
    const session = this.#session;
    this.disturbed.set({ cause, time: this.frame.get()?.time ?? 0 });
    const changed = this.#call(change);
    if (this.state.get().phase === 'running') changed.catch((error) => this.#fail(error, session));
    else
      this.#guarded(async () => {
        await changed;
        this.#ahead = null;
        return this.#call((api) => api.advance(BUDGET, 0));
      });
  }

  async #loop(): Promise<void> {
    if (!this.#active || !this.#experiment || this.state.get().phase === 'failed') return;
    const session = this.#session;
    const turn = ++this.#turn;
    this.state.set({ phase: 'running', message: null });
    try {
      await this.#start();
      let then = performance.now();
      while (turn === this.#turn) {
        this.#ahead ??= this.#ask(1 / 60);
        const frame = await this.#ahead;
        if (turn !== this.#turn) return;
        const now = performance.now();
        this.#ahead = isLast(frame) ? null : this.#ask(Math.min((now - then) / 1000, LONGEST_FRAME));
        then = now;
        await new Promise(requestAnimationFrame);
        if (turn !== this.#turn || this.#show(frame)) return;
      }
    } catch (error) {
      this.#fail(error, session);
    }
  }

  async #guarded(work: () => Promise<SimulationFrame>): Promise<void> {
    const session = this.#session;
    try {
      const frame = await work();
      if (session === this.#session) this.#show(frame);
    } catch (error) {
      this.#fail(error, session);
    }
  }

  #start(): Promise<void> {
    const experiment = this.#experiment!;
    if (!this.#started) this.#pacer.reset();
    this.#started ??= this.#call((api) => api.start(experiment));
    return this.#started;
  }

  /** Asks for the steps that `seconds` of wall time are worth. */
  #ask(seconds: number): Promise<SimulationFrame> {
    const experiment = this.#experiment!;
    const dt = experiment['integrator.dt'];
    const rate = (factorOf(this.speed.get()) * experiment.time) / RUN_SECONDS / dt;
    const steps = this.#pacer.whole(seconds * rate);
    const answer = this.#call((api) => api.advance(BUDGET, Math.min(steps, 1e9)));
    answer.catch(() => undefined); // A prefetched frame that fails is reported when it is used.
    return answer;
  }

  #call<R>(use: (api: Comlink.Remote<SimulateApi>) => Promise<R>): Promise<R> {
    this.#worker ??= simulateWorker();
    return this.#worker.call(use);
  }

  /** Publishes a frame; true if it is the last. */
  #show(frame: SimulationFrame): boolean {
    this.frame.set(frame);
    if (frame.divergence) this.state.set({ phase: 'failed', message: say(frame.divergence) });
    else if (frame.done) this.state.set({ phase: 'finished', message: null });
    return isLast(frame);
  }

  #fail(error: unknown, session: number): void {
    if (session !== this.#session) return;
    this.#turn++;
    this.#started = null;
    this.#ahead = null;
    this.state.set({ phase: 'failed', message: messageOf(error) });
  }
}

export const simulation = new SimulationClient();
