/**
 * Walkers pulled from the start outward through the centres of the windows, and back: leaders that leave a copy of
 * themselves in every window that they pass. Half of a window's walkers come with the pull away from the start and half
 * with the way back: if they disagree later on, what is slow has not been sampled. Or all come with the pull outward, as in the
 * plainest protocol.
 */
import { CENTER, periodOf, SPRING_CONSTANT, shortest } from '../../dynamics/bias-term.ts';
import type { Warning } from '../../estimators/finding.ts';
import type { Window } from '../../estimators/window-samples.ts';
import type { BiasedEnsemble, Lab } from '../lab.ts';
import { Trail } from '../trail.ts';
import type { Finder, Starts } from './starts.ts';
import type { Springs } from './stiffness.ts';

/** Force evaluations between two moves of the restraint, at least, and moves between two stops. */
const BLOCK = 10;
const MOVES = 100;

/** A piece of a leader's way, from one place of the restraint to another. */
interface Move {
  readonly from: number;
  readonly to: number;
  /** Windows whose springs act at both ends. */
  readonly fromWindow: number;
  readonly window: number;
  /** What it costs, as a distance: staying somewhere costs as well. */
  readonly length: number;
  /** Copies are left in the window at its end; null for none. */
  readonly leaves: 'forward' | 'backward' | null;
}

export class Drag implements Finder {
  readonly phase = 'phase-drag';
  /** The leaders. */
  readonly walkers: BiasedEnsemble;
  /** Window through which the leaders go. */
  window = 0;
  /** cv of the first leader against force evaluations. */
  readonly trail = new Trail();
  private readonly snapshots: Float64Array[];
  private readonly backward: Uint8Array;

  constructor(
    private readonly lab: Lab,
    private readonly windows: readonly Window[],
    private readonly perWindow: number,
    private readonly springs: Springs,
    private readonly returns = true,
  ) {
    this.walkers = lab.restrained(returns ? Math.ceil(perWindow / 2) : perWindow);
    const walkers = windows.length * perWindow;
    const numbers = this.walkers.snapshot().length / this.walkers.walkers;
    this.snapshots = Array.from({ length: numbers }, () => new Float64Array(walkers));
    this.backward = new Uint8Array(walkers);
  }

  *steps(evaluations: number): Generator<void, Warning | null, void> {
    const { walkers: leaders, lab } = this;
    const begin = leaders.snapshot();
    const ways = waysOf(this.windows, leaders.cv()[0], periodOf(lab.cv), this.returns);
    const total = ways.flat().reduce((sum, { length }) => sum + length, 0);
    const steps = Math.floor(evaluations / (leaders.walkers * lab.integrator.forces));
    for (const way of ways) {
      leaders.place(begin);
      for (const move of way) {
        const problem = yield* this.pull(move, Math.floor((steps * move.length) / total));
        if (problem) return problem;
        if (move.leaves) this.leave(move.window, move.leaves);
      }
    }
    return null;
  }

  starts(): Starts {
    const walkers = this.backward.length;
    const snapshot = new Float64Array(this.snapshots.length * walkers);
    this.snapshots.forEach((values, i) => {
      snapshot.set(values, i * walkers);
    });
    return { snapshot, backward: this.backward };
  }

  private *pull(move: Move, steps: number): Generator<void, Warning | null, void> {
    const { walkers: leaders, springs } = this;
    const block = Math.max(BLOCK, Math.ceil(steps / MOVES));
    const spread = (value: number) => new Float64Array(leaders.walkers).fill(value);
    this.window = move.window;
    for (let done = 0; done < steps; ) {
      const rate = springs.rate(leaders.states(), leaders.walkers);
      const problem = springs.settle(move.fromWindow, rate) ?? springs.settle(move.window, rate);
      if (problem) return problem;
      const taken = Math.min(block, steps - done);
      const share = (done + taken) / steps;
      const between = (a: number, b: number) => a + share * (b - a);
      leaders.set(CENTER, spread(between(move.from, move.to)));
      const [a, b] = [springs.constants[move.fromWindow], springs.constants[move.window]];
      leaders.set(SPRING_CONSTANT, spread(between(a, b)));
      leaders.advance(taken);
      this.trail.add(this.lab.spent, leaders.cv()[0]);
      done += taken;
      yield;
    }
    return null;
  }

  private leave(window: number, side: 'forward' | 'backward'): void {
    const { perWindow, walkers: leaders, returns } = this;
    // Of an odd number, the one that is left over comes forward in every other window.
    const half = Math.floor(perWindow / 2) + (perWindow % 2 === 1 && window % 2 === 0 ? 1 : 0);
    const forward = returns ? half : perWindow;
    const [first, count] = side === 'forward' ? [0, forward] : [forward, perWindow - forward];
    const now = leaders.snapshot();
    for (let j = 0; j < count; j++) {
      const walker = window * perWindow + first + j;
      this.backward[walker] = side === 'backward' ? 1 : 0;
      this.snapshots.forEach((values, i) => {
        values[walker] = now[i * leaders.walkers + j];
      });
    }
  }
}

/** The ways outward, and back if they return, up and down the cv, from `start`; on a ring each goes halfway round. */
function waysOf(
  windows: readonly Window[],
  start: number,
  period: number | undefined,
  returns: boolean,
): Move[][] {
  const all = windows.map(({ center }, window) => ({ at: start + shortest(center - start, period), window }));
  const up = all.filter(({ at }) => at >= start).sort((a, b) => a.at - b.at);
  const down = all.filter(({ at }) => at < start).sort((a, b) => b.at - a.at);
  const reach = [...up, ...down].reduce((most, { at }) => Math.max(most, Math.abs(at - start)), 0);
  const pause = reach / windows.length || 1;
  return [up, down]
    .filter((stops) => stops.length > 0)
    .map((stops) => wayOf(start, stops, { pause, returns }));
}

function wayOf(
  start: number,
  stops: readonly { readonly at: number; readonly window: number }[],
  { pause, returns }: { readonly pause: number; readonly returns: boolean },
): Move[] {
  const [first, last] = [stops[0], stops[stops.length - 1]];
  const moves: Move[] = [];
  let here = { at: start, window: first.window };
  const go = (next: typeof here, leaves: Move['leaves'], rest = 0) => {
    const length = Math.abs(next.at - here.at) + rest;
    moves.push({ from: here.at, to: next.at, fromWindow: here.window, window: next.window, length, leaves });
    here = next;
  };
  go(here, null, pause);
  for (const stop of stops) go(stop, 'forward');
  if (!returns) return moves;
  go(last, null, pause);
  for (const stop of [...stops].reverse()) go(stop, 'backward');
  return moves;
}
