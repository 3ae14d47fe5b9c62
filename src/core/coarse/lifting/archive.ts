/** A long run, kept: states to lift or to learn from, and the distribution of the slow variable that it shows. */

import { wrapped } from '../../dynamics/bias-term.ts';
import { FREE_ENERGY_BINS } from '../../dynamics/walkers.ts';
import { binOf } from '../../estimators/histogram.ts';
import { rowsOf } from '../../numerics/layout.ts';
import type { FullSystem } from './full-system.ts';
import { badLift } from './lifts.ts';

const WALKERS = 128;
const BLOCK = 20;
const MOST_STATES = 200_000;
/** Share of the run after which states count. */
const FORGOTTEN = 0.2;
/** Share of the states of a direct run outside the values above which its distribution is none of theirs. */
export const MOST_OUTSIDE = 0.05;

export interface Archive {
  readonly states: Float32Array;
  readonly cv: Float64Array;
  /** Visits of the bins between the ends of the values. */
  readonly visits: Float64Array;
  /** Share of the states outside them. */
  readonly outside: number;
}

/**
 * Walkers start evenly along the slow variable, the other coordinates as they may be, and are free, or held where they began: an
 * umbrella run with a window for each walker.
 * @param evaluations what may be spent
 */
export function* archiveRun(
  micro: FullSystem,
  values: Float64Array,
  evaluations: number,
  held = false,
): Generator<void, Archive, void> {
  const { lab } = micro;
  const walkers = micro.walkers(WALKERS);
  walkers.place(spread(micro, values));
  const steps = Math.floor(evaluations / (WALKERS * lab.integrator.forces));
  const blocks = Math.floor(steps / BLOCK);
  const every = Math.max(1, Math.ceil(((1 - FORGOTTEN) * blocks * WALKERS) / MOST_STATES));
  const { dimension } = lab.model;
  const states: number[] = [];
  const cv: number[] = [];
  const visits = new Float64Array(FREE_ENERGY_BINS);
  const range = [values[0], values[values.length - 1]] as const;
  let [seen, outside] = [0, 0];
  for (let block = 0; block < blocks; block++) {
    if (held) walkers.hold(BLOCK);
    else walkers.advance(BLOCK);
    yield;
    if (block < FORGOTTEN * blocks) continue;
    const q = walkers.coordinates();
    const now = walkers.cv();
    for (const value of now) {
      const bin = binOf(wrapped(value, lab.cv), ...range, FREE_ENERGY_BINS);
      seen++;
      if (bin < 0) outside++;
      else visits[bin]++;
    }
    if (block % every !== 0) continue;
    const rows = rowsOf(q, WALKERS);
    for (let i = 0; i < WALKERS * dimension; i++) states.push(rows[i]);
    cv.push(...now);
  }
  return { states: Float32Array.from(states), cv: Float64Array.from(cv), visits, outside: outside / seen };
}

function spread({ lab }: FullSystem, values: Float64Array): Float64Array {
  const { dimension } = lab.model;
  const bad = badLift(lab);
  const q = new Float64Array(dimension * WALKERS);
  const stream = lab.random('archive');
  const [first, last] = [values[0], values[values.length - 1]];
  for (let w = 0; w < WALKERS; w++) {
    const z = first + ((last - first) * w) / (WALKERS - 1);
    bad.lift(z, 1, stream).forEach((value, d) => {
      q[d * WALKERS + w] = value;
    });
  }
  return q;
}
