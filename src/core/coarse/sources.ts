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

const known = new WeakMap<Lab, { readonly lift: LiftSource | null }>();

/** The exact law takes a while to find. */
function exactOf(lab: Lab): LiftSource | null {
  const before = known.get(lab);
  if (before) return before.lift;
  const lift = exactLift(lab);
  known.set(lab, { lift });
  return lift;
}

/** Whether a long direct run is needed: for its states, or for its law where no other is known. */
export function needsArchive(lab: Lab, { lift }: CloseSettings): boolean {
  return lift === 'neighbours' || lab.model.energyNode === null || exactOf(lab) === null;
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
  const exact = settings.lift === 'exact' ? exactOf(lab) : null;
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

/** Share of the range of the slow variable over which a law counts as the same. */
const SAME = 0.01;

/** A state at each of the values, which follow each other closely: neighbours are lifted together, then moved each onto its own. */
export function liftEach(lab: Lab, source: LiftSource, z: Float64Array, purpose: string): Float64Array {
  const { dimension } = lab.model;
  const width = SAME * (lab.cv.range[1] - lab.cv.range[0]);
  const q = new Float64Array(dimension * z.length);
  for (let first = 0; first < z.length; ) {
    let last = first + 1;
    while (last < z.length && Math.abs(z[last] - z[first]) <= width) last++;
    const count = last - first;
    const part = source.lift((z[first] + z[last - 1]) / 2, count, lab.random(`${purpose} ${first}`));
    for (let d = 0; d < dimension; d++)
      q.set(part.subarray(d * count, (d + 1) * count), d * z.length + first);
    first = last;
  }
  ontoLevel(lab.model, lab.cv, q, (n) => z[n]);
  return q;
}
