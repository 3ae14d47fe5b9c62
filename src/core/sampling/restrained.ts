/**
 * States of a short umbrella-restrained simulation at one value of the slow variable: what physics answers where a
 * conditional model is asked. Walkers are pulled from the start to the value by a spring, rest there, and are sampled.
 *
 * A spring is no condition: the cv spreads over the thermal width sqrt(kT/k), and k is bounded by the time step. That is
 * not corrected but narrowed: of all states those within `reach` of the value are kept. What is left is the distribution averaged over
 * plus or minus `reach`, wrong by terms of order reach^2. In the limit it is p(x | cv(x) = at) in the sense of
 * delta(cv(x) - at), without the factor that a rigid constraint would bring.
 */

import { CENTER, periodOf, SPRING_CONSTANT, shortest } from '../dynamics/bias-term.ts';
import type { Divergence } from '../dynamics/messages.ts';
import { type Message, Problem } from '../message.ts';
import { rowsOf } from '../numerics/layout.ts';
import type { Points } from '../numerics/results.ts';
import type { Experiment } from '../params/experiment.ts';
import { type BiasedEnsemble, Lab } from './lab.ts';
import { message } from './messages.ts';
import type { SamplingFamilies } from './method.ts';
import { Springs } from './umbrella/stiffness.ts';

/** What is kept lies within this share of the range of the cv on either side. */
const REACH = 0.01;
const MOST_WALKERS = 64;
const LEAST_WALKERS = 4;
/** Long walks come before many walkers: what is slow beside the cv has time to move. */
const STEPS = 4000;
/** Shares of the evaluations for the pull and for the rest before the first sample. */
const PULL = 0.3;
const REST = 0.1;
/** Steps between two samples of a walker, and between two moves of the spring. */
const STRIDE = 10;
/** A spring that threw walkers out is offered a step this many times shorter. */
const SHORTER = 4;
const LEAST_EVALUATIONS = 2000;

export interface RestrainedSamples {
  readonly at: number;
  /** The states that were kept, one after the other. */
  readonly points: Points;
  /** Walker of each of them. */
  readonly walkers: Uint16Array;
  /** States that were sampled, kept or not. */
  readonly sampled: number;
  /** Energy per unit of the cv squared. */
  readonly springConstant: number;
  /** Thermal width of the cv under the spring alone, sqrt(kT / springConstant). */
  readonly width: number;
  /** States this far from the asked value at most are kept. */
  readonly reach: number;
  readonly forceEvaluations: number;
}

/**
 * @param at value of the experiment's cv  @param evaluations force evaluations in all, at least 2,000
 * @throws Problem if there are too few evaluations for a walk, or walkers leave every bound
 */
export function restrainedSamples(
  families: SamplingFamilies,
  experiment: Experiment,
  at: number,
  evaluations: number,
): RestrainedSamples {
  if (evaluations < LEAST_EVALUATIONS)
    throw new Problem(message('restraint-needs-budget', { least: LEAST_EVALUATIONS }));
  const lab = new Lab(families, { ...experiment, budget: evaluations });
  const { range } = lab.cv;
  const reach = REACH * (range[1] - range[0]);
  const springs = new Springs(lab, [{ center: at, springConstant: lab.kT / reach ** 2 }], true);
  const ensemble = lab.restrained(walkersFor(evaluations / lab.integrator.forces));
  pull(lab, ensemble, springs, at);
  ensemble.advance(Math.floor((REST * evaluations) / (ensemble.walkers * lab.integrator.forces)));
  const found = sample(lab, ensemble, at, reach);
  const problem = lab.divergence();
  if (problem) throw new Problem(ofSpring(lab, problem));
  const [springConstant] = springs.constants;
  const width = Math.sqrt(lab.kT / springConstant);
  return { at, ...found, springConstant, width, reach, forceEvaluations: lab.spent };
}

/** Where the time step carries the energy, it may be the spring that threw walkers out. */
function ofSpring({ dt, cv }: Lab, problem: Divergence): Message {
  if (problem.id !== 'left-the-domain') return problem;
  const shorter = Number((dt / SHORTER).toPrecision(2));
  return message('restraint-unstable', { dt, step: problem.values.step, shorter, cv: cv.label });
}

function walkersFor(steps: number): number {
  const wanted = 4 * Math.floor(steps / STEPS / 4);
  return Math.max(LEAST_WALKERS, Math.min(MOST_WALKERS, wanted));
}

/** The spring goes evenly from where walkers start to `at`, as stiff as the step carries wherever they are. */
function pull(lab: Lab, ensemble: BiasedEnsemble, springs: Springs, at: number): void {
  const spread = (value: number) => new Float64Array(ensemble.walkers).fill(value);
  const from = ensemble.cv()[0];
  const way = shortest(at - from, periodOf(lab.cv));
  const moves = Math.ceil((PULL * lab.stepsLeft(ensemble.walkers)) / STRIDE);
  for (let move = 1; move <= moves; move++) {
    springs.settle(0, springs.rate(ensemble.states(), ensemble.walkers));
    ensemble.set(CENTER, spread(from + (move / moves) * way));
    ensemble.set(SPRING_CONSTANT, spread(springs.constants[0]));
    ensemble.advance(STRIDE);
  }
}

function sample(
  lab: Lab,
  ensemble: BiasedEnsemble,
  at: number,
  reach: number,
): Pick<RestrainedSamples, 'points' | 'walkers' | 'sampled'> {
  const period = periodOf(lab.cv);
  const { dimension } = lab.model;
  const kept: number[] = [];
  const walkers: number[] = [];
  let sampled = 0;
  while (ensemble.advance(STRIDE) === STRIDE) {
    sampled += ensemble.walkers;
    const q = ensemble.coordinates();
    const states = rowsOf(q, ensemble.walkers);
    ensemble.values(lab.cv.value, q).forEach((value, w) => {
      if (Math.abs(shortest(value - at, period)) > reach) return;
      for (let d = 0; d < dimension; d++) kept.push(states[w * dimension + d]);
      walkers.push(w);
    });
  }
  return {
    points: { dimension, values: Float32Array.from(kept) },
    walkers: Uint16Array.from(walkers),
    sampled,
  };
}
