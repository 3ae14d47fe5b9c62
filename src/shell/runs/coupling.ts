/**
 * Drives the arms of station Couple: a worker for each arm at work, as many at a time as the machine has cores to spare. Plain
 * TypeScript; the page listens to `state` and `arms`.
 */

import { families } from '../../catalog.ts';
import { coupledMethodsOf } from '../../core/coupling/contract.ts';
import type { CoupleFrame } from '../../core/coupling/frame.ts';
import type { BackendId } from '../../core/generative/backends.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { CoupleApi } from '../../core/protocol/couple.ts';
import type { BiasHistory } from '../../core/sampling/frames.ts';
import { messageOf, say } from '../../text/index.ts';
import { keyOf } from '../parts/derived.ts';
import { placesOfDistributions } from './coupling-places.ts';
import { coupleWorker, type Remote } from './remote.ts';
import { isBusy, isOtherSeed, type Phase, type Run, type RunState } from './run.ts';
import { Signal } from './signal.ts';

/** Wall time of a worker per frame, ms. */
const BUDGET = 80;
/** So many comparisons are remembered when settings change. */
const MOST_KEPT = 8;

export type ArmPhase = 'waiting' | 'preparing' | 'running' | 'paused' | 'finished' | 'failed';

/** One arm of the comparison, as far as it has come. */
export interface ArmRecord {
  readonly arm: string;
  readonly phase: ArmPhase;
  /** Why it failed. */
  readonly message: string | null;
  readonly frame: CoupleFrame | null;
  readonly history: readonly BiasHistory[];
  /** What computes its network. */
  readonly backend: BackendId | null;
}

export type ArmRecords = ReadonlyMap<string, ArmRecord>;

const NONE: ArmRecords = new Map();
const AT_WORK: readonly ArmPhase[] = ['waiting', 'preparing', 'running'];

export function isAtWork({ phase }: ArmRecord): boolean {
  return AT_WORK.includes(phase);
}

/** What all arms together look like to the transport bar. */
export function phaseOf(records: ArmRecords): Phase {
  const all = [...records.values()];
  if (all.some(isAtWork)) return all.some(({ phase }) => phase === 'running') ? 'running' : 'preparing';
  if (all.some(({ phase }) => phase === 'paused')) return 'paused';
  if (all.some(({ phase }) => phase === 'finished')) return 'finished';
  return all.length > 0 ? 'failed' : 'idle';
}

/** Runs that share this text give the same numbers. */
export function couplingIdentity(experiment: Experiment): string {
  return keyOf(experiment, 'coupling');
}

export interface CouplingOptions {
  readonly makeWorker: () => Pick<Remote<CoupleApi>, 'call' | 'restart'>;
  /** Arms that may work at the same time. */
  readonly most: () => number;
}

export class CouplingClient implements Run {
  readonly state = new Signal<RunState>({ phase: 'idle', message: null });
  readonly arms = new Signal<ArmRecords>(NONE);

  readonly #options: CouplingOptions;
  readonly #workers = new Map<string, ReturnType<CouplingOptions['makeWorker']>>();
  /** Frames under way: one that comes after a pause is shown when the run goes on, for its news come once only. */
  readonly #ahead = new Map<string, Promise<CoupleFrame>>();
  /** Arms whose worker has taken them up. */
  readonly #begun = new Set<string>();
  readonly #kept = new Map<string, ArmRecords>();
  #experiment: Experiment | null = null;
  #backend: BackendId | 'auto' = 'auto';
  /** Counts pauses, cancellations and changes of settings: loops of before end. */
  #turn = 0;

  constructor(options: CouplingOptions) {
    this.#options = options;
  }

  /**
   * Takes over an experiment: what concerns the runs ends those under way, and brings back those of these settings. With another
   * seed, what was under way goes on as a run of that seed.
   */
  configure(experiment: Experiment, backend: BackendId | 'auto'): void {
    const last = this.#experiment;
    const before = last && couplingIdentity(last);
    this.#experiment = experiment;
    this.#backend = backend;
    const now = couplingIdentity(experiment);
    if (before === now) return;
    const anew = last && isOtherSeed(experiment, last) && isBusy(this.state.get());
    const arms = [...this.arms.get().keys()];
    this.#end();
    if (before) this.#keep(before);
    this.#publish(this.#kept.get(now) ?? NONE);
    if (anew) this.run(arms);
  }

  /** Goes on with what was paused, or runs the arms of the experiment that have not been run. */
  play(): void {
    const records = [...this.arms.get().values()];
    if (records.some(({ phase }) => phase === 'paused')) this.#resume();
    else this.run(this.#asked());
  }

  runAll(): void {
    this.run(Object.keys(families.coupledMethods));
  }

  /** Runs these arms anew, but for those that are at work; when all of them have ended, all over. */
  run(wanted: readonly string[]): void {
    if (!this.#experiment) return;
    const records = this.arms.get();
    const open = wanted.filter((arm) => records.get(arm)?.phase !== 'finished');
    const fresh = (open.length > 0 ? open : wanted).filter((arm) => !this.#workers.has(arm));
    const next = new Map(records);
    for (const arm of fresh) next.set(arm, waiting(arm));
    this.#publish(next);
    this.#resume();
  }

  pause(): void {
    this.#turn++;
    this.#publish(
      mapped(this.arms.get(), (record) => (isAtWork(record) ? { ...record, phase: 'paused' } : record)),
    );
  }

  restart(): void {
    this.#end();
    const left = new Map(this.arms.get());
    for (const arm of this.#asked()) left.delete(arm);
    this.#publish(left);
    this.run(this.#asked());
  }

  /** Ends what is at work or paused, at once; what is finished stays. @param arm this one only */
  cancel(arm?: string): void {
    const ended = arm ? [arm] : [...this.arms.get().keys()];
    const left = new Map(this.arms.get());
    for (const one of ended) {
      this.#release(one);
      const record = left.get(one);
      if (record && record.phase !== 'finished') left.delete(one);
    }
    this.#publish(left);
    this.#fill();
  }

  #asked(): string[] {
    return this.#experiment ? coupledMethodsOf(this.#experiment.arms) : [];
  }

  #resume(): void {
    const turn = ++this.#turn;
    const waits = (record: ArmRecord): ArmRecord =>
      record.phase === 'paused' || isAtWork(record) ? { ...record, phase: 'waiting' } : record;
    this.#publish(mapped(this.arms.get(), waits));
    // Those that have a worker first: they hold its memory.
    for (const arm of this.#workers.keys()) this.#drive(arm, turn);
    this.#fill();
  }

  #fill(): void {
    for (const { arm, phase } of this.arms.get().values()) {
      if (this.#workers.size >= this.#options.most()) return;
      if (phase !== 'waiting' || this.#workers.has(arm)) continue;
      this.#workers.set(arm, this.#options.makeWorker());
      this.#drive(arm, this.#turn);
    }
  }

  async #drive(arm: string, turn: number): Promise<void> {
    const worker = this.#workers.get(arm)!;
    const isCurrent = () => turn === this.#turn && this.#workers.get(arm) === worker;
    try {
      if (!this.#begun.has(arm)) {
        this.#change(arm, { phase: 'preparing' });
        this.#begun.add(arm);
        const first = this.#begin(arm, worker);
        first.catch(() => undefined); // As below: told when it is waited for.
        this.#ahead.set(arm, first);
      }
      for (;;) {
        const ahead = this.#ahead.get(arm) ?? this.#ask(worker);
        this.#ahead.set(arm, ahead);
        const frame = await ahead;
        if (!isCurrent()) return;
        this.#ahead.delete(arm);
        this.#show(arm, frame);
        if (frame.done || frame.divergence !== null) break;
      }
    } catch (error) {
      if (!isCurrent()) return;
      this.#change(arm, { phase: 'failed', message: messageOf(error) });
    }
    this.#release(arm);
    this.#fill();
  }

  async #begin(arm: string, worker: ReturnType<CouplingOptions['makeWorker']>): Promise<CoupleFrame> {
    const experiment = this.#experiment!;
    const observed = { ...experiment, at: placesOfDistributions(experiment) };
    const backend = await worker.call((api) => api.start(observed, arm, this.#backend));
    if (this.#workers.get(arm) === worker) this.#change(arm, { backend });
    return this.#ask(worker);
  }

  #ask(worker: ReturnType<CouplingOptions['makeWorker']>): Promise<CoupleFrame> {
    const answer = worker.call((api) => api.advance(BUDGET));
    answer.catch(() => undefined); // A frame that fails while the run is paused is reported when it goes on.
    return answer;
  }

  #show(arm: string, frame: CoupleFrame): void {
    const history = [...(this.arms.get().get(arm)?.history ?? []), ...frame.history];
    if (frame.divergence !== null)
      this.#change(arm, { frame, history, phase: 'failed', message: say(frame.divergence) });
    else this.#change(arm, { frame, history, phase: frame.done ? 'finished' : 'running' });
  }

  #change(arm: string, change: Partial<ArmRecord>): void {
    const records = new Map(this.arms.get());
    records.set(arm, { ...(records.get(arm) ?? waiting(arm)), ...change });
    this.#publish(records);
  }

  #publish(records: ArmRecords): void {
    this.arms.set(records);
    const phase = phaseOf(records);
    if (phase !== this.state.get().phase) this.state.set({ phase, message: null });
  }

  #release(arm: string): void {
    this.#workers.get(arm)?.restart();
    this.#workers.delete(arm);
    this.#ahead.delete(arm);
    this.#begun.delete(arm);
  }

  #end(): void {
    this.#turn++;
    for (const arm of [...this.#workers.keys()]) this.#release(arm);
  }

  #keep(identity: string): void {
    const finished = new Map([...this.arms.get()].filter(([, { phase }]) => phase === 'finished'));
    this.#kept.delete(identity);
    if (finished.size > 0) this.#kept.set(identity, finished);
    for (const oldest of this.#kept.keys()) if (this.#kept.size > MOST_KEPT) this.#kept.delete(oldest);
  }
}

function waiting(arm: string): ArmRecord {
  return { arm, phase: 'waiting', message: null, frame: null, history: [], backend: null };
}

function mapped(records: ArmRecords, change: (record: ArmRecord) => ArmRecord): ArmRecords {
  return new Map([...records].map(([arm, record]) => [arm, change(record)]));
}

export const coupling = new CouplingClient({
  makeWorker: coupleWorker,
  // One core is for the page, and for exact references.
  most: () => Math.max(1, navigator.hardwareConcurrency - 1),
});
