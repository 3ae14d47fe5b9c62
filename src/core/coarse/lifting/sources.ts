/** Which lifts an experiment asks for, and many lifted walkers at once. */

import { ontoLevel } from '../../exact/onto-level.ts';
import { type Message, Problem } from '../../message.ts';
import type { Lab } from '../../sampling/lab.ts';
import { message } from '../messages.ts';
import type { CloseSettings } from '../settings.ts';
import { type Archive, archiveRun } from './archive.ts';
import type { FullSystem } from './full-system.ts';
import { badLift, exactLift, type LiftSource, NeighbourLift } from './lifts.ts';
import { type LiftTrainerMaker, ModelLift } from './model-lift.ts';

/** States that a model needs to learn from, and lifts to be drawn from, at least. */
const LEAST_DATA = 1000;

export interface Sources {
  readonly lift: LiftSource;
  readonly bad: LiftSource;
  /** A long direct run, where one was needed. */
  readonly archive: Archive | null;
}

const known = new WeakMap<Lab, { readonly lift: LiftSource | null }>();

/** The exact distribution takes a while to find. */
function exactOf(lab: Lab): LiftSource | null {
  const before = known.get(lab);
  if (before) return before.lift;
  const lift = exactLift(lab);
  known.set(lab, { lift });
  return lift;
}

/** Whether a long direct run is needed: for its states, or for its distribution where no other is known. */
export function needsArchive(lab: Lab, { lift, data }: CloseSettings): boolean {
  return (
    lift === 'neighbours' ||
    (lift === 'model' && data === 'run') ||
    lab.model.energyNode === null ||
    exactOf(lab) === null
  );
}

/** Whether walkers are held at values of the slow variable for a model to learn from. */
export function needsHeldRun(lab: Lab, { lift, data }: CloseSettings): boolean {
  return lift === 'model' && data === 'held' && lab.model.dimension > 1;
}

/** What `sourcesOf` works with. */
export interface Making {
  readonly micro: FullSystem;
  readonly settings: CloseSettings;
  readonly values: Float64Array;
  /** Force evaluations that each run may spend. */
  readonly evaluations: number;
  /** Makes the network that lifts. */
  readonly trainer: LiftTrainerMaker;
  /** Hears what is under way. */
  readonly phase: (now: Message) => void;
}

/** Yields where it may rest, and promises where it must wait. @throws Problem if walkers left every bound, or the run left too few states */
export function* sourcesOf(making: Making): Generator<Promise<void> | void, Sources, void> {
  const { micro, settings, values, evaluations, phase } = making;
  const { lab } = micro;
  const bad = badLift(lab);
  phase(message('phase-archive', {}));
  const archive = needsArchive(lab, settings) ? yield* archiveRun(micro, values, evaluations) : null;
  throwIfLost(lab);
  if (settings.lift === 'bad') return { lift: bad, bad, archive };
  if (settings.lift === 'model' && lab.model.dimension > 1)
    return { lift: yield* modelLift(making, archive), bad, archive };
  const exact = settings.lift === 'neighbours' ? null : exactOf(lab);
  if (exact) return { lift: exact, bad, archive };
  if (!archive || archive.cv.length < Math.min(settings.neighbours, LEAST_DATA))
    throw new Problem(message('lifting-needs-budget', {}));
  const states = { dimension: lab.model.dimension, values: archive.states };
  const title = message(settings.lift === 'exact' ? 'lift-run' : 'lift-neighbours', {});
  return { lift: new NeighbourLift(title, states, archive.cv, settings.neighbours), bad, archive };
}

function* modelLift(
  { micro, settings, values, evaluations, trainer: make, phase }: Making,
  archive: Archive | null,
): Generator<Promise<void> | void, LiftSource, void> {
  const { lab } = micro;
  phase(message('phase-held-runs', {}));
  const data =
    settings.data === 'run' && archive ? archive : yield* archiveRun(micro, values, evaluations, true);
  throwIfLost(lab);
  if (data.cv.length < LEAST_DATA) throw new Problem(message('lifting-needs-budget', {}));
  const trainer = make(lab.seed);
  const lift = new ModelLift(micro, trainer, settings.model, settings.data);
  trainer.begin(lift.data(data), settings.training);
  for (let step = 0; step < settings.training; ) {
    phase(message('phase-training', { step, steps: settings.training }));
    yield trainer.advance().then((taken) => {
      step = taken;
    });
  }
  return lift;
}

function throwIfLost(lab: Lab): void {
  const problem = lab.divergence();
  if (problem) throw new Problem(problem);
}

/**
 * `each` states at every value, on the level, a rest after each: `q[coordinate * count + walker]`, those of value v one after the other.
 * @param purpose tells the random numbers of one use from those of another
 */
export function* liftAll(
  lab: Lab,
  source: LiftSource,
  values: ArrayLike<number>,
  each: number,
  purpose: string,
): Generator<void, Float64Array, void> {
  const count = values.length * each;
  const q = new Float64Array(lab.model.dimension * count);
  for (let v = 0; v < values.length; v++) {
    const part = source.lift(values[v], each, lab.random(`${purpose} ${v}`));
    for (let d = 0; d < lab.model.dimension; d++)
      q.set(part.subarray(d * each, (d + 1) * each), d * count + v * each);
    yield;
  }
  ontoLevel(lab.model, lab.cv, q, (n) => values[Math.floor(n / each)]);
  return q;
}

/** Share of the range of the slow variable over which a distribution counts as the same. */
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
