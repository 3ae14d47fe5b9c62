/** The coarse equation set against the full system, part by part. */

import { averagedPassageTime } from '../../exact/averaged.ts';
import { regionsOf } from '../../systems/regions.ts';
import { GROUPS } from '../bursts/bursts.ts';
import type { Context } from '../context.ts';
import type { Coarse, Consistency } from '../frame.ts';
import { MOST_OUTSIDE } from '../lifting/archive.ts';
import { liftAll, liftEach } from '../lifting/sources.ts';
import { message } from '../messages.ts';
import { autocorrelations, coarsePassages, fullPassages, projections } from './against-full.ts';
import type { CoarseEquation } from './coarse-equation.ts';

/** Shares of what is left of the budget. */
const CORRELATION = 0.25;
const PROJECTION = 0.4;
const PASSAGE_WALKERS = 64;
const CORRELATED_WALKERS = 512;
const PROJECTED_WALKERS = 512;
const FRAMES = 25;
/** Bursts of projective integration, in fast times: what is not used, and what is. */
const SETTLE = 1;
const MEASURE = 2;
/** Leaps that the full run is long enough for, at most. */
const LEAPS = 12;

type Found = { readonly coarse: Partial<Coarse>; readonly reasons: Consistency['reasons'] };

/** Yields null where it may rest, and each part when it is found. @param lag length of a burst, in physical time */
export function* coarseParts(
  context: Context,
  equation: CoarseEquation,
  lag: number,
): Generator<Found | null, void, void> {
  const { lab } = context.micro;
  const left = lab.budget - lab.spent;
  yield* correlation(context, equation, CORRELATION * left, lag);
  yield* projection(context, PROJECTION * left);
  yield* passage(context, equation, lab.budget - lab.spent);
}

/** Drives a part, resting where it rests. */
function* resting<T>(task: Generator<void, T, void>): Generator<null, T, void> {
  for (;;) {
    const { done, value } = task.next();
    if (done) return value;
    yield null;
  }
}

function* correlation(
  { micro, values, sources, fastSteps }: Context,
  equation: CoarseEquation,
  evaluations: number,
  lag: number,
): Generator<Found | null, void, void> {
  if (sources.archive && sources.archive.outside > MOST_OUTSIDE)
    return yield missing('autocorrelation', 'no-stationary-state');
  const { lab } = micro;
  const starts = drawn(equation, values, CORRELATED_WALKERS);
  const count = starts.length;
  const affordable = Math.floor(evaluations / (count * lab.integrator.forces));
  const heal = Math.round(2 * fastSteps);
  const steps = Math.floor(Math.min(affordable - heal, (100 * lag) / micro.dt) / (FRAMES - 1));
  if (steps < 1) return yield missing('autocorrelation', 'budget-too-small');
  const walkers = micro.walkers(count);
  walkers.place(liftEach(lab, sources.lift, starts, 'autocorrelation'));
  walkers.hold(heal);
  const autocorrelation = yield* resting(
    autocorrelations(micro, walkers, equation, { frames: FRAMES, steps }),
  );
  yield { coarse: { autocorrelation }, reasons: {} };
}

/** Values in the shares of the coarse stationary distribution, each a whole number of times; in an order that mixes them. */
function drawn(equation: CoarseEquation, values: Float64Array, wanted: number): Float64Array {
  const log = equation.logDensity(values);
  const top = log.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const weights = log.map((v) => Math.exp(v - top));
  const total = weights.reduce((a, b) => a + b, 0);
  const out: number[] = [];
  let carried = 0.5;
  weights.forEach((weight, v) => {
    carried += (wanted * weight) / total;
    while (carried >= 1) {
      out.push(values[v]);
      carried--;
    }
  });
  return Float64Array.from(out.slice(0, Math.floor(out.length / GROUPS) * GROUPS));
}

function* projection(
  { micro, values, sources, fastSteps, settings }: Context,
  evaluations: number,
): Generator<Found | null, void, void> {
  const { lab } = micro;
  const [settle, measure] = [SETTLE, MEASURE].map((times) => Math.max(1, Math.round(times * fastSteps)));
  const heal = Math.round(settings.healing * fastSteps);
  const leap = Math.round(settings.leap * measure);
  const cycle = settle + measure + leap;
  const perLeap = heal + settle + measure + cycle;
  const leaps = Math.min(
    LEAPS,
    Math.floor(evaluations / (PROJECTED_WALKERS * lab.integrator.forces * perLeap)),
  );
  if (leaps < 2) return yield missing('projective', 'leaps-need-budget');
  // A third of the way from the lowest value to the highest: off the middle, where symmetry would hide the drift.
  const [low, high] = [values[0], values[values.length - 1]];
  const start = Float64Array.of(low + (high - low) * 0.35, 0.02 * (high - low), 0, 0);
  const inside = (z: Float64Array) => z.map((v) => Math.min(high, Math.max(low, v)));
  const projective = yield* resting(
    projections(
      micro,
      micro.walkers(PROJECTED_WALKERS),
      (z, step) => liftEach(lab, sources.lift, inside(z), `projective ${step}`),
      { start, end: leaps * cycle, heal, settle, measure, leap },
    ),
  );
  yield projective ? { coarse: { projective }, reasons: {} } : missing('projective', 'leaps-cut-short');
}

function* passage(
  { micro, sources, fastSteps, values }: Context,
  equation: CoarseEquation,
  evaluations: number,
): Generator<Found | null, void, void> {
  const { lab } = micro;
  const regions = regionsOf(lab.experiment, lab.model.system);
  if (!regions) return yield missing('firstPassage', 'target-needed');
  const slow = lab.model.observable(lab.cv.value);
  const [from, centre] = [regions.start.center, regions.target.center].map((at) => slow.at(at)[0]);
  const to = centre - Math.sign(centre - from) * regions.target.radius;
  const [low, high] = [values[0], values[values.length - 1]];
  if (
    lab.cv.periodic ||
    Math.min(from, to) < low ||
    Math.max(from, to) > high ||
    (to - from) * (centre - from) <= 0
  )
    return yield missing('firstPassage', 'target-out-of-range');
  const coarse = yield* resting(coarsePassages(equation, lab.random('coarse passages'), [from, to]));
  const heal = Math.round(2 * fastSteps);
  const steps = Math.floor(evaluations / (PASSAGE_WALKERS * lab.integrator.forces)) - heal;
  if (steps < 1) return yield missing('firstPassage', 'budget-too-small');
  const walkers = micro.walkers(PASSAGE_WALKERS);
  walkers.place(yield* resting(liftAll(lab, sources.lift, [from], PASSAGE_WALKERS, 'passages')));
  walkers.hold(heal);
  const full = yield* resting(fullPassages(micro, walkers, steps, [from, to]));
  const quadrature = equation.meanFirstPassageTime(from, to);
  const averaged = averagedPassageTime(lab.experiment, lab.families);
  yield { coarse: { firstPassage: { from, to, quadrature, coarse, full, averaged } }, reasons: {} };
}

type Missing =
  | 'no-stationary-state'
  | 'budget-too-small'
  | 'leaps-need-budget'
  | 'leaps-cut-short'
  | 'target-needed'
  | 'target-out-of-range';

function missing(part: 'firstPassage' | 'autocorrelation' | 'projective', reason: Missing): Found {
  return { coarse: {}, reasons: { [part]: message(reason, {}) } };
}
