/** What the work of pulls says, and what speaks against it. */

import type { Finding, Warning } from '../../estimators/finding.ts';
import { bennett, crooksCrossing, jarzynski, workMoments } from '../../estimators/work.ts';
import { MORE_BUDGET, MOST_BUDGET } from '../range-visits.ts';

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
  const text = `The budget of ${budget} is too small for ${pulls} pulls: none of them got under way. Raise the budget, or take fewer pulls.`;
  return { id: 'few-samples', text, offer: moreBudget(budget, `Use ${MORE_BUDGET} times the budget`) };
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

const moreBudget = (budget: number, label: string): Warning['offer'] =>
  budget < MOST_BUDGET
    ? { label, changes: { budget: Math.min(MOST_BUDGET, MORE_BUDGET * budget) } }
    : undefined;
const slower = (budget: number) => moreBudget(budget, `Pull ${MORE_BUDGET} times as slowly`);

function dominated(forward: Float64Array, backward: Float64Array | null, budget: number): Warning[] {
  const both = backward ? bennett(forward, backward) : jarzynski(forward);
  if (both.effective >= FEWEST_PULLS) return [];
  const dissipated = workMoments(forward).mean - both.value;
  return [
    {
      id: 'dominated',
      text: `Of ${forward.length} pulls only about ${both.effective.toFixed(1)} count: ${dissipated.toFixed(1)} kT are lost on the way on average, and the few pulls with the least work decide. The error bars are too small. Pull more slowly, with a larger budget.`,
      offer: slower(budget),
    },
  ];
}

/** Pulls that begin in equilibrium cannot gain on average: what is gained was stored where they began. */
function unequilibrated({ forward, backward }: PulledWork): Warning[] {
  if (!forward || !backward) return [];
  const both = bennett(forward, backward);
  const ends: [string, Float64Array, number][] = [
    ['where the pull began', forward, both.value],
    ['at the far end', backward, -both.value],
  ];
  const gains = ends.map(([place, work, difference]) => {
    const { mean, variance } = workMoments(work);
    const error = Math.hypot(both.stderr, Math.sqrt(variance / work.length));
    return { place, gained: difference - mean, least: Math.max(NOTICEABLE, SIGNIFICANT * error) };
  });
  const { place, gained, least } = gains[0].gained > gains[1].gained ? gains[0] : gains[1];
  if (!(gained > least)) return [];
  return [
    {
      id: 'not-equilibrated',
      text: `Walkers were not in equilibrium ${place}: on average they give back ${gained.toFixed(1)} kT that they should not have. Another coordinate keeps them in the wrong valley. Let them settle for longer, or choose another slow variable.`,
      offer: { label: 'Settle for longer', changes: { 'method.equilibration': LONG_SETTLING } },
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
  const verdict = apart
    ? ' No pull of one direction looks like one of the other, so that no free energy is shown.'
    : '';
  return [
    {
      id: 'hysteresis',
      text: `The way there and the way back disagree: by their work the far end is ${there.value.toFixed(1)} kT and ${(-back.value).toFixed(1)} kT above the beginning. Walkers do not keep up with the spring.${verdict} Pull more slowly, with a larger budget.`,
      offer: slower(budget),
    },
  ];
}
