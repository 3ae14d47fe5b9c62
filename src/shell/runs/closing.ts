/** Drives the close worker: pulls frames as fast as they come, until the run has ended or is stopped. */
import type { CloseFrame } from '../../core/coarse/frame.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { CloseApi } from '../../core/protocol/close.ts';
import { messageOf, say } from '../../text/index.ts';
import { changedKeys } from '../parts/derived.ts';
import { closeWorker, type Remote } from './remote.ts';
import { isBusy, isOtherSeed, type Run, type RunState } from './run.ts';
import { Signal } from './signal.ts';

/** Wall time of the worker per frame, ms. */
const BUDGET = 120;

export class ClosingClient implements Run {
  readonly state = new Signal<RunState>({ phase: 'idle', message: null });
  readonly frame = new Signal<CloseFrame | null>(null);

  /** Wall time that the worker has worked for the run, and the part in which it took no forces: training. */
  seconds = 0;
  secondsWithoutForces = 0;

  readonly #worker: Pick<Remote<CloseApi>, 'call' | 'restart'>;
  #experiment: Experiment | null = null;
  #started = false;
  /** A frame under way is shown when the run goes on. */
  #ahead: Promise<CloseFrame> | null = null;
  /** Counts beginnings and pauses: loops of before end. */
  #turn = 0;

  constructor(worker: Pick<Remote<CloseApi>, 'call' | 'restart'>) {
    this.#worker = worker;
  }

  /** Takes over an experiment: what concerns the run ends the one before. With another seed, one under way begins anew. */
  configure(experiment: Experiment): void {
    const before = this.#experiment;
    this.#experiment = experiment;
    if (!before || changedKeys(experiment, before, 'closing').length === 0) return;
    const anew = isOtherSeed(experiment, before) && isBusy(this.state.get());
    this.cancel();
    if (anew) this.play();
  }

  play(): void {
    if (this.state.get().phase === 'finished' || this.state.get().phase === 'failed') this.cancel();
    this.#loop();
  }

  pause(): void {
    this.#turn++;
    if (this.state.get().phase === 'running' || this.state.get().phase === 'preparing')
      this.state.set({ phase: 'paused', message: null });
  }

  restart(): void {
    this.cancel();
    this.#loop();
  }

  /** Ends the run at once and forgets it. */
  cancel(): void {
    this.#turn++;
    if (this.#started) this.#worker.restart();
    this.#started = false;
    this.#ahead = null;
    this.seconds = 0;
    this.secondsWithoutForces = 0;
    this.frame.set(null);
    this.state.set({ phase: 'idle', message: null });
  }

  async #loop(): Promise<void> {
    if (!this.#experiment) return;
    const turn = ++this.#turn;
    this.state.set({ phase: this.frame.get() ? 'running' : 'preparing', message: null });
    try {
      for (;;) {
        this.#ahead ??= this.#ask();
        const begin = performance.now();
        const frame = await this.#ahead;
        if (turn !== this.#turn) return;
        this.#ahead = null;
        this.#count((performance.now() - begin) / 1000, frame);
        this.frame.set(frame);
        if (frame.done) {
          this.state.set(
            frame.problem
              ? { phase: 'failed', message: say(frame.problem) }
              : { phase: 'finished', message: null },
          );
          return;
        }
        this.state.set({ phase: 'running', message: null });
      }
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#started = false;
      this.#ahead = null;
      this.state.set({ phase: 'failed', message: messageOf(error) });
    }
  }

  #count(seconds: number, { forceEvaluations }: CloseFrame): void {
    this.seconds += seconds;
    if (forceEvaluations === this.frame.get()?.forceEvaluations) this.secondsWithoutForces += seconds;
  }

  #ask(): Promise<CloseFrame> {
    const begins = !this.#started;
    const experiment = this.#experiment!;
    this.#started = true;
    const answer = this.#worker.call(async (api) => {
      if (begins) await api.start(experiment);
      return api.advance(BUDGET);
    });
    answer.catch(() => undefined); // What fails during a pause is told when the run goes on.
    return answer;
  }
}

export const closing = new ClosingClient(closeWorker());
