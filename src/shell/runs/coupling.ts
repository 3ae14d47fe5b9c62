/**
 * The methods of station Couple, each with a driver and a worker of its own while it is at work, as many at a time as the machine
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

export type MethodPhase = 'waiting' | 'preparing' | 'running' | 'paused' | 'finished' | 'failed';

/** One method of the comparison, as far as it has come. */
export interface MethodRecord {
  readonly method: string;
  readonly phase: MethodPhase;
  /** Why it failed. */
  readonly message: string | null;
  readonly frame: CoupleFrame | null;
  readonly history: readonly BiasHistory[];
}

export type MethodRecords = ReadonlyMap<string, MethodRecord>;

const NONE: MethodRecords = new Map();
const AT_WORK: readonly MethodPhase[] = ['waiting', 'preparing', 'running'];

export function isAtWork({ phase }: MethodRecord): boolean {
  return AT_WORK.includes(phase);
}

/** What all methods together look like to the transport bar. */
export function phaseOf(records: MethodRecords): Phase {
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
  /** Methods that may work at the same time. */
  readonly most: () => number;
}

export class CouplingClient implements Run {
  readonly state = new Signal<RunState>({ phase: 'idle', message: null });
  readonly methods = new Signal<MethodRecords>(NONE);

  readonly #options: CouplingOptions;
  readonly #drivers = new Map<string, Driver<CoupleOrder, CoupleFrame>>();
  readonly #kept = new Map<string, MethodRecords>();
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
    const methods = [...this.methods.get().keys()];
    this.#releaseAll();
    if (before) this.#keep(before);
    this.#publish(this.#kept.get(now) ?? NONE);
    if (anew) this.run(methods);
  }

  /** Goes on with what was paused, or runs the methods of the experiment that have not been run. */
  play(): void {
    const records = [...this.methods.get().values()];
    if (records.some(({ phase }) => phase === 'paused')) this.#resume();
    else this.run(this.#asked());
  }

  runAll(): void {
    this.run(Object.keys(families.coupledMethods));
  }

  /** Runs these methods anew, but for those that are at work; when all of them have ended, all over. */
  run(wanted: readonly string[]): void {
    if (!this.#experiment) return;
    const records = this.methods.get();
    const open = wanted.filter((method) => records.get(method)?.phase !== 'finished');
    const fresh = (open.length > 0 ? open : wanted).filter((method) => !this.#drivers.has(method));
    const next = new Map(records);
    for (const method of fresh) next.set(method, waiting(method));
    this.#publish(next);
    this.#resume();
  }

  pause(): void {
    for (const driver of this.#drivers.values()) driver.pause();
    this.#publish(
      mapped(this.methods.get(), (record) => (isAtWork(record) ? { ...record, phase: 'paused' } : record)),
    );
  }

  restart(): void {
    this.#releaseAll();
    const left = new Map(this.methods.get());
    for (const method of this.#asked()) left.delete(method);
    this.#publish(left);
    this.run(this.#asked());
  }

  /** Ends what is at work or paused, at once; what is finished stays. @param method this one only */
  cancel(method?: string): void {
    const ended = method ? [method] : [...this.methods.get().keys()];
    const left = new Map(this.methods.get());
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
    const waits = (record: MethodRecord): MethodRecord =>
      record.phase === 'paused' || isAtWork(record) ? { ...record, phase: 'waiting' } : record;
    this.#publish(mapped(this.methods.get(), waits));
    // Those that have a worker first: they hold its memory.
    for (const [method, driver] of this.#drivers) {
      driver.play();
      this.#heed(method, driver);
    }
    this.#fill();
  }

  #fill(): void {
    for (const { method, phase } of this.methods.get().values()) {
      if (this.#drivers.size >= this.#options.most()) return;
      if (phase === 'waiting' && !this.#drivers.has(method)) this.#begin(method);
    }
  }

  #begin(method: string): void {
    const experiment = this.#experiment!;
    const observed = { ...experiment, at: placesOfDistributions(experiment) };
    const driver = new Driver<CoupleOrder, CoupleFrame>({
      worker: this.#options.makeWorker(),
      policy: POLICY,
      show: (frame) => {
        const history = [...(this.methods.get().get(method)?.history ?? []), ...frame.history];
        this.#change(method, { frame, history });
      },
    });
    this.#drivers.set(method, driver);
    driver.state.subscribe(() => this.#heed(method, driver));
    driver.begin({ experiment: observed, method, backend: this.#backend });
    driver.play();
  }

  /** Takes over what has become of a method; one that has ended gives its place to the next. */
  #heed(method: string, driver: Driver<CoupleOrder, CoupleFrame>): void {
    const { phase, message } = driver.state.get();
    if (this.#drivers.get(method) !== driver || phase === 'idle' || phase === 'stopping') return;
    this.#change(method, { phase, message });
    if (!driver.isOver) return;
    this.#release(method);
    this.#fill();
  }

  #change(method: string, change: Partial<MethodRecord>): void {
    const records = new Map(this.methods.get());
    records.set(method, { ...(records.get(method) ?? waiting(method)), ...change });
    this.#publish(records);
  }

  #publish(records: MethodRecords): void {
    this.methods.set(records);
    const phase = phaseOf(records);
    if (phase !== this.state.get().phase) this.state.set({ phase, message: null });
  }

  #release(method: string): void {
    const driver = this.#drivers.get(method);
    this.#drivers.delete(method);
    driver?.dispose();
  }

  #releaseAll(): void {
    for (const method of [...this.#drivers.keys()]) this.#release(method);
  }

  #keep(identity: string): void {
    const finished = new Map([...this.methods.get()].filter(([, { phase }]) => phase === 'finished'));
    this.#kept.delete(identity);
    if (finished.size > 0) this.#kept.set(identity, finished);
    for (const oldest of this.#kept.keys()) if (this.#kept.size > MOST_KEPT) this.#kept.delete(oldest);
  }
}

function waiting(method: string): MethodRecord {
  return { method, phase: 'waiting', message: null, frame: null, history: [] };
}

function mapped(records: MethodRecords, change: (record: MethodRecord) => MethodRecord): MethodRecords {
  return new Map([...records].map(([method, record]) => [method, change(record)]));
}

export const coupling = new CouplingClient({
  makeWorker: coupleWorker,
  most: coresToSpare,
});
