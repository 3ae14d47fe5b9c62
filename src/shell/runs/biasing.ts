/**
 * Drives the bias worker: pulls frames one ahead of the screen, paced so that the budget lasts about ten seconds. Plain
 * TypeScript; the page listens to `state`, `frame` and `found`.
 */
import type * as Comlink from 'comlink';
import type { Experiment } from '../../core/params/experiment.ts';
import type { BiasApi } from '../../core/protocol/bias.ts';
import type { BiasFrame } from '../../core/sampling/frames.ts';
import { counted } from '../../text/format.ts';
import { messageOf, say, text } from '../../text/index.ts';
import { changedKeys } from '../parts/derived.ts';
import { type Found, type KeptRuns, keepRun, keptRuns } from './kept-runs.ts';
import { factorOf, isLast, LONGEST_FRAME, Pacer, type SpeedId } from './pacing.ts';
import { biasWorker, type Remote } from './remote.ts';
import { isBusy, type Run, type RunState } from './run.ts';
import { Signal } from './signal.ts';

/** Wall time of the worker per frame, ms. */
const BUDGET = 10;
const RUN_SECONDS = 10;
/** Frames of a run that lasts as long at normal speed. */
const STEP_SECONDS = 1 / 30;
/** A worker in the midst of an estimate is given so long to end it before it is replaced, ms. */
const PATIENCE = 120;
/** Settings come in bursts while a hand moves a slider: a run begins when they have rested so long, ms. */
const SETTLING = 180;

const NOTHING: Found = { finding: null, history: [] };

/** Force evaluations per second of wall time, as text. */
export function biasSpeedText(id: SpeedId, { budget }: Experiment): string {
  const factor = factorOf(id);
  return Number.isFinite(factor)
    ? text.runs.forcesPerSecond(counted((factor * budget) / RUN_SECONDS))
    : text.runs.fastest;
}

export class BiasClient implements Run {
  readonly state = new Signal<RunState>({ phase: 'idle', message: null });
  readonly frame = new Signal<BiasFrame | null>(null);
  readonly found = new Signal<Found>(NOTHING);
  readonly speed = new Signal<SpeedId>('normal');
  /** Force evaluations per second of wall time, lately; null before it is known. */
  readonly pace = new Signal<number | null>(null);

  readonly #kept: KeptRuns;
  #worker: Remote<BiasApi> | null = null;
  #experiment: Experiment | null = null;
  #started: Promise<void> | null = null;
  #active = false;
  #wanted = false;
  /** Counts beginnings: answers and errors that belong to an earlier run are dropped. */
  #session = 0;
  /** Counts the loops of this run: at most one is alive. */
  #turn = 0;
  #ahead: Promise<BiasFrame> | null = null;
  #pending = 0;
  readonly #pacer = new Pacer();
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(kept: KeptRuns) {
    this.#kept = kept;
  }

  /** Takes over an experiment: what concerns the run begins it anew. */
  configure(experiment: Experiment): void {
    const before = this.#experiment;
    this.#experiment = experiment;
    if (!before) return;
    if (changedKeys(experiment, before, 'bias').length === 0) return;
    // Walkers of another system, or a bias of another method, would be mistaken for those of this one.
    const others = changedKeys(experiment, before, ['energy', 'variable']).length > 0;
    if (others || experiment.method !== before.method) this.frame.set(null);
    this.#begin(SETTLING);
  }

  /** A run that nobody looks at rests; it goes on when its station is opened again. */
  setActive(active: boolean): void {
    if (active === this.#active) return;
    this.#active = active;
    if (!active) {
      this.#turn++;
      clearTimeout(this.#settling);
    } else if (this.#wanted && this.state.get().phase !== 'finished') this.#loop();
    else if (!this.#started) this.#showStart();
  }

  play(): void {
    this.#wanted = true;
    if (this.state.get().phase === 'finished') this.#begin(0);
    else this.#loop();
  }

  pause(): void {
    this.#wanted = false;
    this.#turn++;
    if (isBusy(this.state.get())) this.state.set({ phase: 'paused', message: null });
  }

  restart(): void {
    this.#wanted = true;
    this.#begin(0);
  }

  readonly step = (): void => {
    this.pause();
    const { phase } = this.state.get();
    if (phase === 'finished' || phase === 'failed') return;
    this.state.set({ phase: 'paused', message: null });
    this.#guarded(async (session) => {
      await this.#start(session);
      const frame = await (this.#ahead ?? this.#ask(STEP_SECONDS));
      this.#ahead = null;
      return frame;
    });
  };

  #begin(delay: number): void {
    this.#session++;
    this.#turn++;
    this.#started = null;
    this.#ahead = null;
    this.found.set(NOTHING);
    this.pace.set(null);
    this.state.set({ phase: this.#wanted && this.#active ? 'preparing' : 'idle', message: null });
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      if (this.#wanted) this.#loop();
      else this.#showStart();
    }, delay);
  }

  /** A run at rest shows where its walkers start. */
  #showStart(): void {
    if (!this.#active || !this.#experiment) return;
    this.#guarded(async (session) => {
      await this.#start(session);
      return this.#call((api) => api.advance(BUDGET, 0));
    });
  }

  async #loop(): Promise<void> {
    if (!this.#active || !this.#experiment || this.state.get().phase === 'failed') return;
    clearTimeout(this.#settling);
    const session = this.#session;
    const turn = ++this.#turn;
    this.state.set({ phase: 'running', message: null });
    try {
      await this.#start(session);
      let then = performance.now();
      while (turn === this.#turn) {
        this.#ahead ??= this.#ask(1 / 60);
        const frame = await this.#ahead;
        if (turn !== this.#turn) return;
        const now = performance.now();
        const seconds = (now - then) / 1000;
        this.#measure(frame, seconds);
        this.#ahead = isLast(frame) ? null : this.#ask(Math.min(seconds, LONGEST_FRAME));
        then = now;
        await new Promise(requestAnimationFrame);
        // Stopped in the meantime: the frame is shown when the run goes on, for its news come once only.
        if (session !== this.#session || this.#show(frame)) return;
      }
    } catch (error) {
      this.#fail(error, session);
    }
  }

  async #guarded(work: (session: number) => Promise<BiasFrame>): Promise<void> {
    const session = this.#session;
    try {
      const frame = await work(session);
      if (session === this.#session) this.#show(frame);
    } catch (error) {
      this.#fail(error, session);
    }
  }

  #start(session: number): Promise<void> {
    this.#started ??= this.#startAnew(session);
    return this.#started;
  }

  /** A worker that is still busy with the run before is replaced if that lasts. */
  async #startAnew(session: number): Promise<void> {
    const begin = performance.now();
    while (this.#pending > 0 && performance.now() - begin < PATIENCE)
      await new Promise((resolve) => setTimeout(resolve, 10));
    if (session !== this.#session) return;
    if (this.#pending > 0) this.#worker?.restart();
    const experiment = this.#experiment!;
    this.#pacer.reset();
    await this.#call((api) => api.start(experiment));
  }

  /** Asks for the force evaluations that `seconds` of wall time are worth. */
  #ask(seconds: number): Promise<BiasFrame> {
    const rate = (factorOf(this.speed.get()) * this.#experiment!.budget) / RUN_SECONDS;
    const evaluations = this.#pacer.whole(seconds * rate);
    const answer = this.#call((api) => api.advance(BUDGET, Math.min(evaluations, 1e12)));
    answer.catch(() => undefined); // A prefetched frame that fails is reported when it is used.
    return answer;
  }

  async #call<R>(use: (api: Comlink.Remote<BiasApi>) => Promise<R>): Promise<R> {
    this.#worker ??= biasWorker();
    this.#pending++;
    try {
      return await this.#worker.call(use);
    } finally {
      this.#pending--;
    }
  }

  #measure(frame: BiasFrame, seconds: number): void {
    const before = this.frame.get()?.forceEvaluations ?? 0;
    if (seconds <= 0 || frame.forceEvaluations < before) return;
    const now = (frame.forceEvaluations - before) / seconds;
    const pace = this.pace.get();
    this.pace.set(pace === null ? now : pace + 0.05 * (now - pace));
  }

  /** Publishes a frame; true if it is the last. */
  #show(frame: BiasFrame): boolean {
    this.frame.set(frame);
    const { finding, history } = this.found.get();
    if (frame.finding || frame.history.length > 0)
      this.found.set({ finding: frame.finding ?? finding, history: [...history, ...frame.history] });
    if (frame.divergence) this.state.set({ phase: 'failed', message: say(frame.divergence) });
    else if (frame.done) {
      this.state.set({ phase: 'finished', message: null });
      keepRun(this.#kept, this.#experiment!, frame, this.found.get());
    }
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

export const biasing = new BiasClient(keptRuns);
