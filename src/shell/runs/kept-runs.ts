/** Finished runs of the Bias station, kept to be compared: those of the same free energy stand in one picture. */
import { families } from '../../catalog.ts';
import type { Finding } from '../../core/estimators/finding.ts';
import type { FreeEnergyEstimate } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { BiasFrame, BiasHistory } from '../../core/sampling/frames.ts';
import { encodeQuery } from '../../core/settings/query.ts';
import { titleOf } from '../../text/index.ts';
import { keyOf } from '../parts/derived.ts';
import { Signal } from './signal.ts';

/** What is known of the run so far. */
export interface Found {
  readonly finding: Finding | null;
  readonly history: readonly BiasHistory[];
}

export const NOTHING_FOUND: Found = { finding: null, history: [] };

/** With what a frame adds to it. */
export function withNews(found: Found, { finding, history }: Pick<BiasFrame, 'finding' | 'history'>): Found {
  if (!finding && history.length === 0) return found;
  return { finding: finding ?? found.finding, history: [...found.history, ...history] };
}

/** Kind of data, which decides the colour. */
export type RunKind = 'simulation' | 'biased';

export interface KeptRun {
  readonly id: number;
  readonly name: string;
  readonly method: string;
  readonly kind: RunKind;
  /** Which mark and dash of its colour it has. */
  readonly mark: number;
  /** What runs must share to be compared. */
  readonly key: string;
  /** What runs must share to be the same run. */
  readonly identity: string;
  readonly link: string;
  readonly forceEvaluations: number;
  readonly freeEnergy: FreeEnergyEstimate;
  readonly history: readonly BiasHistory[];
  readonly hidden: boolean;
}

export interface FinishedRun {
  readonly experiment: Experiment;
  readonly forceEvaluations: number;
  readonly freeEnergy: FreeEnergyEstimate;
  readonly history: readonly BiasHistory[];
}

/** So many are kept of each system; the oldest go first. */
export const MOST_KEPT = 12;
export const LONGEST_NAME = 60;

/** Runs with the same text estimate the same free energy. */
export function comparisonKey(experiment: Experiment): string {
  return keyOf(experiment, 'freeEnergy');
}

/** Runs with the same text are the same to the last number. */
export function runIdentity(experiment: Experiment): string {
  return keyOf(experiment, 'biased');
}

export function runKind(method: string): RunKind {
  return families.methods[method].unbiased ? 'simulation' : 'biased';
}

export class KeptRuns {
  readonly list = new Signal<readonly KeptRun[]>([]);
  #made = 0;

  /** Keeps a run; one of the very same settings is replaced. */
  add({ experiment, ...numbers }: FinishedRun): void {
    const key = comparisonKey(experiment);
    const identity = runIdentity(experiment);
    const list = this.list.get();
    const before = list.find((run) => run.identity === identity);
    if (before) {
      this.#change(before.id, numbers);
      return;
    }
    const { method } = experiment;
    const kind = runKind(method);
    const rivals = list.filter((run) => run.key === key);
    const run: KeptRun = {
      id: ++this.#made,
      name: firstFree(titleOf('method', method), rivals),
      method,
      kind,
      mark: nextMark(rivals, kind),
      key,
      identity,
      link: encodeQuery(experiment, families),
      hidden: false,
      ...numbers,
    };
    const spare = rivals.length >= MOST_KEPT ? rivals[0].id : null;
    this.list.set([...list.filter(({ id }) => id !== spare), run]);
  }

  rename(id: number, name: string): void {
    const text = name.trim().slice(0, LONGEST_NAME);
    if (text !== '') this.#change(id, { name: text });
  }

  setHidden(id: number, hidden: boolean): void {
    this.#change(id, { hidden });
  }

  remove(id: number): void {
    this.list.set(this.list.get().filter((run) => run.id !== id));
  }

  #change(id: number, change: Partial<KeptRun>): void {
    this.list.set(this.list.get().map((run) => (run.id === id ? { ...run, ...change } : run)));
  }
}

function firstFree(title: string, rivals: readonly KeptRun[]): string {
  const taken = new Set(rivals.map(({ name }) => name));
  for (let number = 1; ; number++) {
    const name = number === 1 ? title : `${title} ${number}`;
    if (!taken.has(name)) return name;
  }
}

/** The first mark that no rival of its kind has. */
export function nextMark(rivals: readonly KeptRun[], kind: RunKind): number {
  const taken = new Set(rivals.filter((rival) => rival.kind === kind).map(({ mark }) => mark));
  let mark = 0;
  while (taken.has(mark)) mark++;
  return mark;
}

/** A run that says nothing of the free energy has nothing to be compared. */
export function keepRun(
  kept: KeptRuns,
  experiment: Experiment,
  frame: BiasFrame,
  { finding, history }: Found,
): void {
  const freeEnergy = finding?.freeEnergy;
  if (freeEnergy) kept.add({ experiment, forceEvaluations: frame.forceEvaluations, freeEnergy, history });
}

export const keptRuns = new KeptRuns();
