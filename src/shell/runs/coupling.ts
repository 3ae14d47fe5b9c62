/**
 * The arms of station Couple, each with a driver and a worker of its own while it is at work, as many at a time as the machine
 * has cores to spare.
 */
import { families } from '../../catalog.ts';
import { coupledMethodsOf } from '../../core/coupling/contract.ts';
import type { CoupleFrame } from '../../core/coupling/frame.ts';
import type { BackendId } from '../../core/generative/backends.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { CoupleOrder } from '../../core/protocol/couple.ts';
import type { BiasHistory } from '../../core/sampling/frames.ts';
import { keyOf } from '../parts/derived.ts';
import { placesOfDistributions } from './coupling-places.ts';
import { Driver, type DriverOptions } from './driver.ts';
import { isBusy, isOtherSeed, type Phase, type Run, type RunState } from './run.ts';
import { Signal } from './signal.ts';
import { coresToSpare, coupleWorker } from './workers.ts';

const POLICY = { budget: 80, problemOf: ({ divergence }: CoupleFrame) => divergence, patience: 0 };
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
  readonly makeWorker: () => DriverOptions<CoupleOrder, CoupleFrame, never>['worker'];
  /** Arms that may work at the same time. */
  readonly most: () => number;
}

export class CouplingClient implements Run {
  readonly state = new Signal<RunState>({ phase: 'idle', message: null });
  readonly arms = new Signal<ArmRecords>(NONE);

  readonly #options: CouplingOptions;
  readonly #drivers = new Map<string, Driver<CoupleOrder, CoupleFrame>>();
  readonly #kept = new Map<string, ArmRecords>();
  #experiment: Experiment | null = null;
  #backend: BackendId | 'auto' = 'auto';

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
    this.#releaseAll();
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
    const fresh = (open.length > 0 ? open : wanted).filter((arm) => !this.#drivers.has(arm));
    const next = new Map(records);
    for (const arm of fresh) next.set(arm, waiting(arm));
    this.#publish(next);
    this.#resume();
  }

  pause(): void {
    for (const driver of this.#drivers.values()) driver.pause();
    this.#publish(
      mapped(this.arms.get(), (record) => (isAtWork(record) ? { ...record, phase: 'paused' } : record)),
    );
  }

  restart(): void {
    this.#releaseAll();
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
      if (left.get(one)?.phase !== 'finished') left.delete(one);
    }
    this.#publish(left);
    this.#fill();
  }

  #asked(): string[] {
    return this.#experiment ? coupledMethodsOf(this.#experiment.arms) : [];
  }

  #resume(): void {
    const waits = (record: ArmRecord): ArmRecord =>
      record.phase === 'paused' || isAtWork(record) ? { ...record, phase: 'waiting' } : record;
    this.#publish(mapped(this.arms.get(), waits));
    // Those that have a worker first: they hold its memory.
    for (const [arm, driver] of this.#drivers) {
      driver.play();
      this.#heed(arm, driver);
    }
    this.#fill();
  }

  #fill(): void {
    for (const { arm, phase } of this.arms.get().values()) {
      if (this.#drivers.size >= this.#options.most()) return;
      if (phase === 'waiting' && !this.#drivers.has(arm)) this.#begin(arm);
    }
  }

  #begin(arm: string): void {
    const experiment = this.#experiment!;
    const observed = { ...experiment, at: placesOfDistributions(experiment) };
    const driver = new Driver<CoupleOrder, CoupleFrame>({
      worker: this.#options.makeWorker(),
      policy: POLICY,
      show: (frame) => {
        const history = [...(this.arms.get().get(arm)?.history ?? []), ...frame.history];
        this.#change(arm, { frame, history });
      },
    });
    this.#drivers.set(arm, driver);
    driver.state.subscribe(() => this.#heed(arm, driver));
    driver.begin({ experiment: observed, arm, backend: this.#backend });
    driver.play();
  }

  /** Takes over what has become of an arm; one that has ended gives its place to the next. */
  #heed(arm: string, driver: Driver<CoupleOrder, CoupleFrame>): void {
    const { phase, message } = driver.state.get();
    if (this.#drivers.get(arm) !== driver || phase === 'idle' || phase === 'stopping') return;
    this.#change(arm, { phase, message });
    if (!driver.isOver) return;
    this.#release(arm);
    this.#fill();
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
    const driver = this.#drivers.get(arm);
    this.#drivers.delete(arm);
    driver?.dispose();
  }

  #releaseAll(): void {
    for (const arm of [...this.#drivers.keys()]) this.#release(arm);
  }

  #keep(identity: string): void {
    const finished = new Map([...this.arms.get()].filter(([, { phase }]) => phase === 'finished'));
    this.#kept.delete(identity);
    if (finished.size > 0) this.#kept.set(identity, finished);
    for (const oldest of this.#kept.keys()) if (this.#kept.size > MOST_KEPT) this.#kept.delete(oldest);
  }
}

function waiting(arm: string): ArmRecord {
  return { arm, phase: 'waiting', message: null, frame: null, history: [] };
}

function mapped(records: ArmRecords, change: (record: ArmRecord) => ArmRecord): ArmRecords {
  return new Map([...records].map(([arm, record]) => [arm, change(record)]));
}

export const coupling = new CouplingClient({
  makeWorker: coupleWorker,
  most: coresToSpare,
});
