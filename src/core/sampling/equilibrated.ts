/** Averages of a run without its beginning, during which walkers still remember where they started. */

/** Visits and sums of observables of each group of walkers since a run began, group after group. */
export interface Averages {
  readonly visits: Float64Array;
  readonly sums: Float64Array;
  readonly records: number;
}

export interface Equilibrated extends Averages {
  /** Records at the beginning that are left out. */
  readonly discarded: number;
  /** False where averages still drift at the end, however much of the beginning is left out. */
  readonly settled: boolean;
}

/** Fewer looks back do not tell a drift. */
const FEWEST_LOOKS = 8;
const FEWEST_GROUPS = 4;
/** Difference of the two halves of what is kept, in standard errors, from which on it is a drift. */
const DRIFT = 1.5;
/** Share of a run that may be left out, and beyond which a drift is no matter of the beginning. */
const MOST_DISCARDED = 0.75;
const LATEST_SETTLED = 0.5;

/**
 * Leaves out the beginning. The two halves of what is kept must agree in the means of all observables, by the scatter of
 * their difference between groups of walkers; of that beginning twice as much is left out, for what remains of it
 * decays. @param looks averages at earlier times, oldest first  @param observables numbers that `sums` has for each group
 */
export function equilibrated(looks: readonly Averages[], now: Averages, observables: number): Equilibrated {
  const times = [...looks.filter(({ records }) => records < now.records), now];
  const groups = now.sums.length / observables;
  if (times.length < FEWEST_LOOKS || groups < FEWEST_GROUPS) return { ...now, discarded: 0, settled: true };
  const most = Math.floor(times.length * LATEST_SETTLED);
  let first = 0;
  while (first <= most && drift(times, first, observables) > DRIFT) first++;
  const settled = first <= most;
  const share = Math.min(2 * first, Math.floor(times.length * MOST_DISCARDED));
  const from = times[share];
  return {
    visits: now.visits.map((value, k) => value - from.visits[k]),
    sums: now.sums.map((value, k) => value - from.sums[k]),
    records: now.records - from.records,
    discarded: from.records,
    settled,
  };
}

/** Largest difference of any observable between the halves of what follows a look, in standard errors. */
function drift(times: readonly Averages[], first: number, observables: number): number {
  const last = times.length - 1;
  const middle = Math.floor((first + last) / 2);
  const [early, late] = [between(times[first], times[middle]), between(times[middle], times[last])];
  const groups = early.length / observables;
  let largest = 0;
  for (let k = 0; k < observables; k++) {
    const differences = Array.from(
      { length: groups },
      (_, g) => late[g * observables + k] - early[g * observables + k],
    );
    const mean = differences.reduce((a, b) => a + b, 0) / groups;
    const squares = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const error = Math.sqrt(squares / (groups * (groups - 1)));
    if (error > 0) largest = Math.max(largest, Math.abs(mean) / error);
  }
  return largest;
}

/** Means of the observables of each group from one time to another, up to a common factor. */
function between(from: Averages, to: Averages): Float64Array {
  return to.sums.map((value, k) => (value - from.sums[k]) / (to.records - from.records));
}
