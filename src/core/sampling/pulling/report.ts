/** What the work of pulls says, and what speaks against it. */

import type { Finding, Warning } from '../../estimators/finding.ts';
import { bennett, crooksCrossing, jarzynski, workMoments } from '../../estimators/work.ts';
import { message } from '../messages.ts';
import { moreBudget } from '../range-visits.ts';

/** Fewer pulls than this that count are too few. */
const FEWEST_PULLS = 5;
/** Directions disagree beyond so many standard errors and so many kT. */
const SIGNIFICANT = 4;
const NOTICEABLE = 1;
/** Gap in kT between the works of both directions beyond which they say nothing of the difference. */
const NOTHING_SHARED = 5;
/** Share of the budget for settling that is offered to walkers that do not come to equilibrium. */
const LONG_SETTLING = 0.5;

/** Work done on each walker on its whole way, in kT; null for a direction in which none has arrived. */
export interface PulledWork {
  readonly forward: Float64Array | null;
  readonly backward: Float64Array | null;
}

export function workFigures({ forward, backward }: PulledWork): Finding['figures'] {
  if (!forward) return {};
  const there = jarzynski(forward);
  const alone = { jarzynskiForward: there.value, jarzynskiForwardError: there.stderr };
  if (!backward) {
    const dissipatedForward = workMoments(forward).mean - there.value;
    return finite({ ...alone, dissipatedForward, effectivePulls: there.effective });
  }
  const [back, both] = [jarzynski(backward), bennett(forward, backward)];
  return finite({
    ...alone,
    jarzynskiBackward: -back.value,
    jarzynskiBackwardError: back.stderr,
    bennett: both.value,
    bennettError: both.stderr,
    crooksCrossing: crooksCrossing(forward, backward),
    dissipatedForward: workMoments(forward).mean - both.value,
    dissipatedBackward: workMoments(backward).mean + both.value,
    effectivePulls: both.effective,
  });
}

/** Every pull one way cost so much more than any the other way gave back that the difference is anything between. */
export function sharesNothing({ forward, backward }: PulledWork): boolean {
  if (!forward || !backward) return false;
  const least = forward.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const given = backward.reduce((most, work) => Math.max(most, -work), Number.NEGATIVE_INFINITY);
  return least - given > NOTHING_SHARED;
}

/** @param pulls which did not get as far as that there were anything to say */
export function tooFewSteps(pulls: number, budget: number): Warning {
  return { id: 'few-samples', message: message('no-pulls', { budget, pulls }), offer: moreBudget(budget) };
}

/** What cannot be had is left out. */
function finite(figures: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => Number.isFinite(value)));
}

export function workWarnings(work: PulledWork, budget: number): Warning[] {
  const { forward, backward } = work;
  if (!forward) return [];
  const unsettled = unequilibrated(work);
  const isTold = unsettled.length > 0 && !sharesNothing(work);
  const apart = isTold ? unsettled : hysteresis(forward, backward, budget);
  return [...dominated(forward, backward, budget), ...apart];
}

const slower = (budget: number) => moreBudget(budget, 'offer-slower-pull');

function dominated(forward: Float64Array, backward: Float64Array | null, budget: number): Warning[] {
  const both = backward ? bennett(forward, backward) : jarzynski(forward);
  if (both.effective >= FEWEST_PULLS) return [];
  const dissipated = workMoments(forward).mean - both.value;
  const values = { pulls: forward.length, effective: both.effective, dissipated };
  return [
    {
      id: 'dominated',
      message: message('few-pulls-dominate', values),
      offer: slower(budget),
    },
  ];
}

/** Pulls that begin in equilibrium cannot gain on average: what is gained was stored where they began. */
function unequilibrated({ forward, backward }: PulledWork): Warning[] {
  if (!forward || !backward) return [];
  const both = bennett(forward, backward);
  const ends: ['near' | 'far', Float64Array, number][] = [
    ['near', forward, both.value],
    ['far', backward, -both.value],
  ];
  const gains = ends.map(([end, work, difference]) => {
    const { mean, variance } = workMoments(work);
    const error = Math.hypot(both.stderr, Math.sqrt(variance / work.length));
    return { end, gained: difference - mean, least: Math.max(NOTICEABLE, SIGNIFICANT * error) };
  });
  const { end, gained, least } = gains[0].gained > gains[1].gained ? gains[0] : gains[1];
  if (!(gained > least)) return [];
  return [
    {
      id: 'not-equilibrated',
      message: message('pulls-not-equilibrated', { end, gained }),
      offer: {
        label: message('offer-longer-settling', {}),
        changes: { 'method.equilibration': LONG_SETTLING },
      },
    },
  ];
}

function hysteresis(forward: Float64Array, backward: Float64Array | null, budget: number): Warning[] {
  if (!backward) return [];
  const [there, back] = [jarzynski(forward), jarzynski(backward)];
  const difference = Math.abs(there.value + back.value);
  const error = Math.hypot(there.stderr, back.stderr);
  const apart = sharesNothing({ forward, backward });
  if (!apart && !(difference > Math.max(NOTICEABLE, SIGNIFICANT * error))) return [];
  return [
    {
      id: 'hysteresis',
      message: message('pulls-disagree', { there: there.value, back: -back.value, apart }),
      offer: slower(budget),
    },
  ];
}
