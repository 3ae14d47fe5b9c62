/** Which lifts an experiment asks for, and many lifted walkers at once. */

import { ontoLevel } from '../exact/onto-level.ts';
import type { Lab } from '../lab.ts';
import { type Archive, archiveRun } from './archive.ts';
import { badLift, exactLift, type LiftSource, NeighbourLift } from './lifts.ts';
import type { Micro } from './micro.ts';
import type { CloseSettings } from './settings.ts';

export interface Sources {
  readonly lift: LiftSource;
  readonly bad: LiftSource;
  /** A long direct run, where one was needed. */
  readonly archive: Archive | null;
}

/** Whether a long direct run is needed: for its states, or for its law where no other is known. */
export function needsArchive(lab: Lab, { lift }: CloseSettings): boolean {
  return lift === 'neighbours' || lab.model.energyNode === null || exactLift(lab) === null;
}

/** @throws Error if walkers left every bound, or the run left too few states */
export function* sourcesOf(
  micro: Micro,
  settings: CloseSettings,
  values: Float64Array,
  evaluations: number,
): Generator<void, Sources, void> {
  const { lab } = micro;
  const bad = badLift(lab);
  const archive = needsArchive(lab, settings) ? yield* archiveRun(micro, values, evaluations) : null;
  const problem = lab.divergence();
  if (problem) throw new Error(problem);
  if (settings.lift === 'bad') return { lift: bad, bad, archive };
  const exact = settings.lift === 'exact' ? exactLift(lab) : null;
  if (exact) return { lift: exact, bad, archive };
  if (!archive || archive.cv.length < settings.neighbours)
    throw new Error('The budget is too small for a run that leaves states to lift from. Take a larger one.');
  const states = { dimension: lab.model.dimension, values: archive.states };
  const title = settings.lift === 'exact' ? 'states of a long run' : 'nearest states of a run';
  return { lift: new NeighbourLift(title, states, archive.cv, settings.neighbours), bad, archive };
}

/**
 * `each` states at every value, on the level: `q[coordinate * count + walker]`, those of value v one after the other.
 * @param purpose tells the random numbers of one use from those of another
 */
export function liftAll(
  lab: Lab,
  source: LiftSource,
  values: ArrayLike<number>,
  each: number,
  purpose: string,
): Float64Array {
  const count = values.length * each;
  const q = new Float64Array(lab.model.dimension * count);
  for (let v = 0; v < values.length; v++) {
    const part = source.lift(values[v], each, lab.random(`${purpose} ${v}`));
    for (let d = 0; d < lab.model.dimension; d++)
      q.set(part.subarray(d * each, (d + 1) * each), d * count + v * each);
  }
  ontoLevel(lab.model, lab.cv, q, (n) => values[Math.floor(n / each)]);
  return q;
}
