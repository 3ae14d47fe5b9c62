/** What windows of walkers need in any coupled method. */

import { CENTER, SPRING_CONSTANT } from '../dynamics/bias-term.ts';
import type { BiasedEnsemble, Lab } from '../sampling/lab.ts';
import type { CouplePlan } from './plan.ts';
import type { Places } from './proposer.ts';

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

export function placesOf(ensemble: BiasedEnsemble, { cvCoordinate, rests }: CouplePlan): Places {
  const { walkers } = ensemble;
  const q = ensemble.coordinates();
  const row = (d: number) => q.subarray(d * walkers, (d + 1) * walkers);
  const rest = new Float64Array(rests.length * walkers);
  rests.forEach((d, k) => {
    rest.set(row(d), k * walkers);
  });
  return { cv: row(cvCoordinate).slice(), rest };
}

/** The other way round: `[coordinate * walkers + walker]`. */
export function statesAt({ cv, rest }: Places, { cvCoordinate, rests }: CouplePlan): Float64Array {
  const walkers = cv.length;
  const q = new Float64Array(walkers + rest.length);
  q.set(cv, cvCoordinate * walkers);
  rests.forEach((d, k) => {
    q.set(rest.subarray(k * walkers, (k + 1) * walkers), d * walkers);
  });
  return q;
}

export function recorderOptions(lab: Lab, { restRanges: [rest], at }: CouplePlan, groups: number) {
  return { cv: lab.cv, kT: lab.kT, rest, at, groups };
}

/** Walkers of `windows` windows, `each` of them one after the other. */
export function windowOfEach(windows: readonly number[], each: number): Uint16Array {
  return Uint16Array.from({ length: windows.length * each }, (_, w) => windows[Math.floor(w / each)]);
}
