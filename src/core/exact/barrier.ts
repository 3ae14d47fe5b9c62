/** Whether a free energy has anything to cross. */
import type { Message } from '../message.ts';
import { message } from './messages.ts';

/** Barriers below this many kT are crossed all the time. */
const LEAST_BARRIER = 1;
/** Barriers below this, in kT, are noise. */
const NEGLIGIBLE = 0.05;

/** Height of the highest barrier between two minima, seen from the higher of them, in kT; 0 where there is one valley alone. */
export function barrierOf(F: ArrayLike<number>, periodic: boolean): number {
  const seen = Array.from(F).filter(Number.isFinite);
  // A ring is cut at its highest point, which is then no barrier: the way round the other side is open.
  const top = periodic ? seen.indexOf(Math.max(...seen)) : 0;
  const curve = [...seen.slice(top), ...seen.slice(0, top)];
  const below = runningLeast(curve);
  const above = runningLeast(curve.toReversed()).toReversed();
  return curve.reduce((most, f, i) => Math.max(most, f - Math.max(below[i], above[i])), 0);
}

/** Says that there is nothing to cross along a slow variable, or null. */
export function barrierRemark(F: ArrayLike<number>, label: string, periodic: boolean): Message | null {
  const height = barrierOf(F, periodic);
  if (!(height < LEAST_BARRIER)) return null;
  return message('no-barrier', { cv: label, height: height < NEGLIGIBLE ? 0 : height });
}

function runningLeast(values: readonly number[]): number[] {
  let least = Number.POSITIVE_INFINITY;
  return values.map((value) => {
    least = Math.min(least, value);
    return least;
  });
}
