/** What every run shows to the page. */
import type { Experiment } from '../../core/params/experiment.ts';
import { changedKeys } from '../parts/derived.ts';
import type { Signal } from './signal.ts';

export type Phase = 'idle' | 'preparing' | 'running' | 'stopping' | 'paused' | 'finished' | 'failed';

export interface RunState {
  readonly phase: Phase;
  /** What went wrong, or what is being done. */
  readonly message: string | null;
  /** Training ended because its loss or weights grew without bound. */
  readonly diverged?: boolean;
}

/** What the transport bar steers. */
export interface Run {
  readonly state: Signal<RunState>;
  play(): void;
  pause(): void;
  /** From the beginning, with the same seed. */
  restart(): void;
  readonly step?: () => void;
}

export function isBusy({ phase }: RunState): boolean {
  return phase === 'running' || phase === 'preparing' || phase === 'stopping';
}

/** Whether two experiments differ in nothing but their seed. */
export function isOtherSeed(experiment: Experiment, before: Experiment): boolean {
  const keys = changedKeys(experiment, before);
  return keys.length === 1 && keys[0] === 'seed';
}
