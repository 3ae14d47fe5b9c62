/** Whether a free energy has anything to cross. */

/** Barriers below this many kT are crossed all the time. */
const LEAST_BARRIER = 1;

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
export function barrierRemark(F: ArrayLike<number>, label: string, periodic: boolean): string | null {
  const height = barrierOf(F, periodic);
  if (!(height < LEAST_BARRIER)) return null;
  const seen = height < 0.05 ? 'no barrier' : `no barrier above ${height.toFixed(1)} kT`;
  return `F(${label}) has ${seen}: there is nothing to cross, and direct simulation is as good. Make a barrier in the energy, lower kT, or choose another slow variable.`;
}

function runningLeast(values: readonly number[]): number[] {
  let least = Number.POSITIVE_INFINITY;
  return values.map((value) => {
    least = Math.min(least, value);
    return least;
  });
}
