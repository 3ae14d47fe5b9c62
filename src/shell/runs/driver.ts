/**
 * Drives one run in one worker: asks for its frames, one ahead of the screen if it is paced, and keeps order between beginning,
 * going on, changing and stopping. The page, its tables of several runs and headless runs all use it; what differs between them
 * is a policy. A new run never waits for an old one, and an old one never shows itself in place of a new one.
 */
import type { Message } from '../../core/message.ts';
import type { RunApi, RunFrame } from '../../core/protocol/run.ts';
import { messageOf, say } from '../../text/index.ts';
import { type Clock, pageClock } from './clock.ts';
import { LONGEST_FRAME, Pacer } from './pacing.ts';
import { type Caller, Cancelled } from './remote.ts';
import { isBusy, type Phase, type RunState } from './run.ts';
import { Signal } from './signal.ts';

export interface Policy<Order, Frame, Change = never> {
  /** Wall time of the worker per frame, ms. */
  readonly budget: number;
  /** Why a run failed whose last frame is this one; null if it did not. */
  readonly problemOf: (frame: Frame) => Message | null;
  /** Amount (as of `advance`) per second of wall time; without it a run goes as fast as it can, whatever the screen does. */
  readonly rate?: (order: Order) => number;
  /** A single step of a paced run is worth so much wall time, s. */
  readonly stepSeconds?: number;
  /** A run that is not played shows its start. */
  readonly showsStart?: boolean;
  /** A worker that is still busy with the run before is given so long to end it before it is replaced, ms. */
  readonly patience: number;
  /** Of changes that come faster than frames, one that does what all of them do. */
  readonly merged?: (before: Change, change: Change) => Change;
}

export interface DriverOptions<Order, Frame, Change> {
  readonly worker: Caller<RunApi<Order, Frame, Change>>;
  readonly policy: Policy<Order, Frame, Change>;
  /** @param seconds wall time since the frame before */
  readonly show: (frame: Frame, seconds: number, order: Order) => void;
  readonly clock?: Clock;
  /** Whether somebody looks at it from the beginning. */
  readonly active?: boolean;
}

/** One run. What belongs to it is dropped as a whole when the next one begins. */
interface Session<Order, Frame, Change> {
  readonly order: Order;
  /** Asked for and not shown yet. It is shown when the run goes on, for its news come once only. */
  ahead: Promise<Frame> | null;
  /** The worker has been told of it. */
  begun: boolean;
  /** Something has been shown of it. */
  shown: boolean;
  /** It waits for the hand that moves a slider to rest. */
  settling: boolean;
  change: Change | null;
  /** Frames that are wanted of a run at rest: steps, and the state after a change. */
  steps: number;
  look: boolean;
  /** Its loop is at work. */
  pulling: boolean;
  over: boolean;
}

const FRAME_SECONDS = 1 / 60;

export class Driver<Order, Frame extends RunFrame, Change = never> {
  readonly state = new Signal<RunState>({ phase: 'idle', message: null });

  readonly #worker: Caller<RunApi<Order, Frame, Change>>;
  readonly #policy: Policy<Order, Frame, Change>;
  readonly #show: (frame: Frame, seconds: number, order: Order) => void;
  readonly #clock: Clock;
  readonly #pacer = new Pacer();
  /** Calls of whatever run that the worker has not answered. */
  readonly #pending = new Set<Promise<unknown>>();
  #session: Session<Order, Frame, Change> | null = null;
  #stopSettling: () => void = () => {};
  #active: boolean;
  #playing = false;

  constructor({
    worker,
    policy,
    show,
    clock = pageClock,
    active = true,
  }: DriverOptions<Order, Frame, Change>) {
    this.#worker = worker;
    this.#policy = policy;
    this.#show = show;
    this.#clock = clock;
    this.#active = active;
  }

  /** It has come to its end, whatever that was. */
  get isOver(): boolean {
    return this.#session?.over ?? false;
  }

  /** A new run in place of any other; it goes on if the one before was being played. @param settling ms until it begins */
  begin(order: Order, settling = 0): void {
    const session: Session<Order, Frame, Change> = {
      ...{ order, ahead: null, begun: false, shown: false, settling: settling > 0, change: null },
      ...{ steps: 0, look: false, pulling: false, over: false },
    };
    if (this.state.get().phase === 'failed') this.#worker.restart();
    this.#stopSettling();
    this.#session = session;
    this.#pacer.reset();
    this.#setPhase(this.#playing && this.#active ? 'preparing' : 'idle');
    if (settling > 0) this.#stopSettling = this.#clock.after(settling, () => this.#settled(session));
    else this.#go();
  }

  /** Begins to play, or goes on after a pause. */
  play(): void {
    this.#playing = true;
    if (this.#session) this.#settled(this.#session);
  }

  pause(): void {
    this.#playing = false;
    if (isBusy(this.state.get())) this.#setPhase('paused');
  }

  /** One frame, and rest. */
  step(): void {
    this.pause();
    const session = this.#session;
    if (!session || session.over) return;
    this.#setPhase('paused');
    session.steps++;
    this.#settled(session);
  }

  /** A run that nobody looks at rests; it goes on when somebody does again. */
  setActive(active: boolean): void {
    if (active === this.#active) return;
    this.#active = active;
    this.#go();
  }

  /** Changes the run that is under way. @returns whether there is one; else it must begin anew */
  change(change: Change): boolean {
    const session = this.#session;
    if (!session?.begun || session.over) return false;
    session.change = session.change === null ? change : this.#policy.merged!(session.change, change);
    session.look = !this.#playing;
    this.#go();
    return true;
  }

  /** Ends the run at once and forgets it; the worker has no time to lose with it. */
  end(): void {
    this.#stopSettling();
    this.#session = null;
    this.#playing = false;
    if (this.#pending.size > 0 || this.state.get().phase === 'failed') this.#worker.restart();
    this.#setPhase('idle');
  }

  /** Ends the run and the worker with all that it holds. */
  dispose(): void {
    this.end();
    this.#worker.restart();
  }

  #settled(session: Session<Order, Frame, Change>): void {
    session.settling = false;
    if (session === this.#session) this.#go();
  }

  #isWanted(session: Session<Order, Frame, Change>): boolean {
    if (session !== this.#session || session.settling || session.over) return false;
    const start = this.#policy.showsStart === true && !session.shown;
    return session.steps > 0 || (this.#active && (this.#playing || session.look || start));
  }

  #go(): void {
    const session = this.#session;
    if (!session || !this.#isWanted(session)) return;
    if (this.#playing && this.#active) this.#setPhase(session.shown ? 'running' : 'preparing');
    if (!session.pulling) this.#pull(session);
  }

  async #pull(session: Session<Order, Frame, Change>): Promise<void> {
    session.pulling = true;
    try {
      let then = this.#clock.now();
      while (this.#isWanted(session)) {
        const frame = await this.#next(session);
        if (!this.#isWanted(session)) return;
        const now = this.#clock.now();
        const seconds = (now - then) / 1000;
        then = now;
        session.ahead =
          frame.done || !this.#playing ? null : this.#ask(session, this.#amount(session, seconds));
        if (this.#policy.rate) await this.#clock.frame();
        if (session !== this.#session) return;
        this.#publish(session, frame, seconds);
      }
    } catch (error) {
      this.#fail(session, error);
    } finally {
      session.pulling = false;
    }
  }

  /** The frame to be shown next. One that shows a run at rest as it was before a change is of no use. */
  #next(session: Session<Order, Frame, Change>): Promise<Frame> {
    if (!session.begun) session.ahead = this.#begin(session);
    else if (session.look && session.change !== null) session.ahead = this.#ask(session, 0);
    const seconds = (!this.#playing && this.#policy.stepSeconds) || FRAME_SECONDS;
    session.ahead ??= this.#ask(session, this.#amount(session, seconds));
    return session.ahead;
  }

  #publish(session: Session<Order, Frame, Change>, frame: Frame, seconds: number): void {
    // The first frame is the start, and no step.
    if (session.shown && session.steps > 0) session.steps--;
    // What was changed since it was asked for is shown next.
    session.look &&= session.change !== null;
    session.shown = true;
    session.over = frame.done;
    this.#show(frame, seconds, session.order);
    if (session !== this.#session) return;
    const problem = frame.done ? this.#policy.problemOf(frame) : null;
    if (problem) this.state.set({ phase: 'failed', message: say(problem) });
    else if (frame.done) this.#setPhase('finished');
    else if (this.#playing) this.#setPhase('running');
  }

  #fail(session: Session<Order, Frame, Change>, error: unknown): void {
    if (session !== this.#session) return;
    session.over = true;
    this.state.set({ phase: 'failed', message: messageOf(error) });
  }

  async #begin(session: Session<Order, Frame, Change>): Promise<Frame> {
    session.begun = true;
    await this.#free();
    if (session !== this.#session) throw new Cancelled();
    return this.#call((api) => api.begin(session.order));
  }

  /** Waits for the worker to end what it does for the run before, but not for long. */
  async #free(): Promise<void> {
    if (this.#pending.size === 0) return;
    let stop = () => {};
    const late = new Promise<void>((resolve) => {
      stop = this.#clock.after(this.#policy.patience, resolve);
    });
    await Promise.race([Promise.allSettled(this.#pending), late]);
    stop();
    if (this.#pending.size > 0) this.#worker.restart();
  }

  /** Goes on, with what has changed in the run. */
  #ask(session: Session<Order, Frame, Change>, amount: number): Promise<Frame> {
    const { budget } = this.#policy;
    const { change } = session;
    session.change = null;
    return this.#call(async (api) => {
      const changed = change === null ? null : api.patch(change);
      const [frame] = await Promise.all([api.advance(budget, amount), changed]);
      return frame;
    });
  }

  /** What `seconds` of wall time are worth. */
  #amount({ order }: Session<Order, Frame, Change>, seconds: number): number {
    const rate = this.#policy.rate?.(order) ?? Number.POSITIVE_INFINITY;
    return Number.isFinite(rate) ? this.#pacer.whole(Math.min(seconds, LONGEST_FRAME) * rate) : rate;
  }

  #call(use: (api: RunApi<Order, Frame, Change>) => Promise<Frame>): Promise<Frame> {
    const answer = this.#worker.call(use);
    this.#pending.add(answer);
    // What fails ahead of its time is told when it is used.
    answer.catch(() => undefined).finally(() => this.#pending.delete(answer));
    return answer;
  }

  #setPhase(phase: Phase): void {
    const { state } = this;
    if (phase !== state.get().phase || state.get().message !== null) state.set({ phase, message: null });
  }
}
