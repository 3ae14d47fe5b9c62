/** Healing and closure: what lifts of both kinds relax to while the slow variable is held. */

import type { Context } from '../context.ts';
import type { Closure, Consistency, Healing, HealingCurve } from '../frame.ts';
import { message } from '../messages.ts';
import { held, type Means, meansBy, relaxation } from './healing.ts';
import type { LiftSource } from './lifts.ts';
import { liftAll } from './sources.ts';

/** Length of the run, in fast times, where the budget holds it, and at least; frames in each of them. */
const LENGTH = 10;
const SHORTEST = 2;
const FRAMES_PER_TIME = 6;
/** Share of the run at its end that stands for the conditional distribution where that is not known. */
const SETTLED = 0.3;
const LEAST_EACH = 8;
const MOST_EACH = 400;

export function* healingOf(
  context: Context,
  evaluations: number,
): Generator<void, Partial<Consistency>, void> {
  const { micro, values, sources, observable, fastSteps } = context;
  const expressions = [observable, `(${observable})^2`];
  const every = Math.max(1, Math.round(fastSteps / FRAMES_PER_TIME));
  const stepsEach = evaluations / (2 * values.length * micro.lab.integrator.forces);
  // Rather a short look than none: as long as the fewest walkers may go on.
  const longest = stepsEach / LEAST_EACH / fastSteps - 1 / FRAMES_PER_TIME;
  const length = Math.min(Math.max(LENGTH, context.settings.healing), longest);
  if (length < Math.max(SHORTEST, context.settings.healing))
    return {
      reasons: { healing: message('healing-needs-budget', {}), closure: message('budget-too-small', {}) },
    };
  const frames = Math.floor((length * fastSteps) / every) + 1;
  const each = Math.min(MOST_EACH, Math.floor(stepsEach / ((frames - 1) * every)));
  const runs: Means[][] = [];
  const kinds: readonly [LiftSource, string][] = [
    [sources.lift, 'healing'],
    [sources.bad, 'bad healing'],
  ];
  for (const [source, purpose] of kinds) {
    const walkers = micro.walkers(values.length * each);
    walkers.place(yield* liftAll(micro.lab, source, values, each, purpose));
    runs.push(yield* held(walkers, expressions, each, { frames, every }));
  }
  const times = Float64Array.from({ length: frames }, (_, k) => (k * every) / fastSteps);
  const reference = referenceOf(context, runs[0], each);
  const curve = (run: Means[]): HealingCurve => relaxation(run, times, reference);
  const healing: Healing = { observable, times, lift: curve(runs[0]), bad: curve(runs[1]) };
  const at = Math.min(runs[0].length - 1, Math.round((context.settings.healing * fastSteps) / every));
  const lifted = averages(context);
  return {
    healing,
    closure: closureOf(context, lifted, runs[0][at]),
    reasons: heldApart(context, lifted, runs[0][at], each),
  };
}

/** Root mean square of shifts over their errors from which on they are no chance: for 9 values and more. */
const NO_CHANCE = 2.5;

/** Without detailed balance the distribution at a held value is not that of the free dynamics given the value. */
function heldApart(
  { micro, sources, observable, values }: Context,
  lifted: Means,
  healed: Means,
  each: number,
): Consistency['reasons'] {
  if (micro.lab.model.system.energy !== null || !sources.archive) return {};
  const shifts = Array.from(values, (_, v) => healed.mean[v] - lifted.mean[v]);
  const size = (scale: (v: number) => number) =>
    Math.sqrt(shifts.reduce((sum, shift, v) => sum + (shift / scale(v)) ** 2, 0) / shifts.length);
  if (!(size((v) => Math.hypot(healed.stderr[v], lifted.stderr[v])) > NO_CHANCE)) return {};
  const shift = size((v) => healed.stderr[v] * Math.sqrt(each));
  return { closure: message('held-not-conditional', { observable, shift }) };
}

/** Means and standard deviations under the conditional distribution: exact, or what the lift has settled to. */
function referenceOf({ exact, values }: Context, run: readonly Means[], each: number) {
  const settled = run.slice(Math.floor((1 - SETTLED) * run.length));
  const pooled = (of: (means: Means) => Float64Array) =>
    run[0].mean.map((_, i) => settled.reduce((sum, means) => sum + of(means)[i], 0) / settled.length);
  const mean = exact ? exact.mean : pooled((means) => means.mean);
  const variance = exact ? exact.variance : pooled((means) => means.stderr).map((s) => s * s * each);
  const observables = mean.length / values.length;
  const deviation = Float64Array.from({ length: observables }, (_, k) => {
    const part = variance.subarray(k * values.length, (k + 1) * values.length);
    return Math.sqrt(part.reduce((a, b) => a + b, 0) / part.length);
  });
  const stderr = exact ? new Float64Array(mean.length) : pooled((means) => means.stderr);
  return { mean, deviation, stderr };
}

/** Means of the observable over the states as lifted. */
function averages({ micro: { lab }, observable, values, moved }: Context): Means {
  if (!moved) return { mean: values.map(() => Number.NaN), stderr: values.map(() => Number.NaN) };
  const out = new Float64Array(values.length * moved.each);
  lab.model.observable(observable).evaluate(moved.q, out.length, out);
  return meansBy(out, moved.each);
}

function closureOf({ observable, values, exact, sources }: Context, first: Means, healed: Means): Closure {
  const count = values.length;
  const own = (array: Float64Array) => array.slice(0, count);
  const truth = exact && own(exact.mean);
  const error = (means: Means) =>
    truth ? Math.sqrt(truth.reduce((sum, t, v) => sum + (means.mean[v] - t) ** 2, 0) / count) : 0;
  return {
    observable,
    values,
    source: sources.lift.title,
    lifted: own(first.mean),
    liftedStderr: own(first.stderr),
    healed: own(healed.mean),
    stderr: own(healed.stderr),
    exact: truth,
    error: truth && { lifted: error(first), healed: error(healed) },
  };
}
