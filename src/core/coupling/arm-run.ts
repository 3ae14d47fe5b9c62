/** Contract of an arm at work, and what windows of walkers need in any of them. */

import { CENTER, SPRING_CONSTANT } from '../bias.ts';
import type { BiasedEnsemble, Lab } from '../lab.ts';
import type { ArmView } from './frame.ts';
import type { CouplePlan } from './plan.ts';
import type { Recorder } from './recorder.ts';

export interface ArmRun {
  /** The whole run. Yields where it may rest; ends when the budget is spent. */
  steps(): AsyncGenerator<void, void, void>;
  view(): ArmView;
  /** What F follows from at present. */
  readonly recorder: Recorder;
  readonly networkEvaluations: number;
  readonly trainingSeconds: number;
  dispose(): void;
}

/** Puts the springs of their windows on all walkers. */
export function hold(ensemble: BiasedEnsemble, { windows }: CouplePlan, of: Uint16Array): void {
  ensemble.set(
    CENTER,
    Float64Array.from(of, (k) => windows[k].center),
  );
  ensemble.set(
    SPRING_CONSTANT,
    Float64Array.from(of, (k) => windows[k].springConstant),
  );
}

/** cv and remaining coordinate of each walker. */
export function placesOf(
  ensemble: BiasedEnsemble,
  { cvCoordinate, rest }: CouplePlan,
): { cv: Float64Array; rest: Float64Array } {
  const q = ensemble.coordinates();
  const row = (d: number) => q.slice(d * ensemble.walkers, (d + 1) * ensemble.walkers);
  return { cv: row(cvCoordinate), rest: row(rest) };
}

export function recorderOptions(lab: Lab, { restRange, at }: CouplePlan, groups: number) {
  return { cv: lab.cv, kT: lab.kT, rest: restRange, at, groups };
}

/** Walkers of `windows` windows, `each` of them one after the other. */
export function windowOfEach(windows: readonly number[], each: number): Uint16Array {
  return Uint16Array.from({ length: windows.length * each }, (_, w) => windows[Math.floor(w / each)]);
}
