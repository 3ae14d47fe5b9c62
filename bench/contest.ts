/** How contestants are timed: in turns, so that whatever else the machine does hits all alike. */
import { GROUP_SIZE, type Problem, STRIDE, SUMS, WALKERS } from './problems.ts';

export interface Averages {
  /** Sums of x, x^2 and U of each group of walkers. */
  readonly sums: ArrayLike<number>;
  readonly records: number;
}

export interface Contestant {
  readonly name: string;
  /** What it is: generator, precision, flags. */
  readonly about: string;
  /** Exact means of its walkers, where they are not those of the problem. */
  readonly exact?: Problem['exact'];
  /** Takes steps, a multiple of the stride, and answers with the seconds that they took. */
  advance(steps: number): number | Promise<number>;
  averages(): Averages | Promise<Averages>;
}

export interface Estimate {
  readonly mean: number;
  readonly standardError: number;
  readonly exact: number;
}

export interface Result {
  readonly name: string;
  readonly about: string;
  readonly steps: number;
  /** Nanoseconds per walker-step. */
  readonly ns: {
    readonly median: number;
    readonly lowest: number;
    readonly highest: number;
    readonly turns: readonly number[];
  };
  readonly millionPerSecond: number;
  readonly x: Estimate;
  readonly energy: Estimate;
}

export interface Schedule {
  readonly repetitions: number;
  readonly seconds: number;
}

export const FULL: Schedule = { repetitions: 9, seconds: 0.3 };
export const QUICK: Schedule = { repetitions: 3, seconds: 0.02 };

/** Turns before the first that counts: engines translate code in the background. */
const WARM_UP_TURNS = 3;

export async function contest(
  problem: Problem,
  contestants: readonly Contestant[],
  { repetitions, seconds }: Schedule,
  progress: (done: number) => void | Promise<void> = () => {},
): Promise<Result[]> {
  const entries = contestants.map((contestant) => ({ contestant, steps: STRIDE, ns: [] as number[] }));
  for (const entry of entries) entry.steps = await warmUp(entry.contestant, seconds);
  for (let turn = 0; turn < repetitions; turn++) {
    for (const { contestant, steps, ns } of entries)
      ns.push(((await contestant.advance(steps)) * 1e9) / (steps * WALKERS));
    await progress((turn + 1) / repetitions);
  }
  return Promise.all(
    entries.map(async ({ contestant, steps, ns }) => {
      const averages = await contestant.averages();
      const { name, about } = contestant;
      return {
        name,
        about,
        steps,
        ...speedOf(ns),
        ...accuracyOf(averages, contestant.exact ?? problem.exact),
      };
    }),
  );
}

/** Steps that take about the given time, after enough of them that the fastest code is in place. */
async function warmUp(contestant: Contestant, seconds: number): Promise<number> {
  const enough = (steps: number, taken: number) =>
    STRIDE * Math.max(1, Math.round((steps * seconds) / Math.max(taken, 1e-6) / STRIDE));
  let steps = STRIDE;
  for (let taken = 0; taken < seconds / 4; ) {
    taken = await contestant.advance(steps);
    steps = Math.min(4 * steps, enough(steps, taken));
  }
  for (let turn = 0; turn < WARM_UP_TURNS; turn++) steps = enough(steps, await contestant.advance(steps));
  return steps;
}

function speedOf(ns: readonly number[]): Pick<Result, 'ns' | 'millionPerSecond'> {
  const middle = median(ns);
  return {
    ns: { median: middle, lowest: Math.min(...ns), highest: Math.max(...ns), turns: ns },
    millionPerSecond: 1000 / middle,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function accuracyOf({ sums, records }: Averages, exact: Problem['exact']): Pick<Result, 'x' | 'energy'> {
  const estimate = (k: number) => {
    const means = Array.from(
      { length: sums.length / SUMS },
      (_, g) => sums[SUMS * g + k] / records / GROUP_SIZE,
    );
    const mean = means.reduce((a, b) => a + b, 0) / means.length;
    const squares = means.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { mean, standardError: Math.sqrt(squares / (means.length * (means.length - 1))) };
  };
  return { x: { ...estimate(0), exact: exact.x }, energy: { ...estimate(2), exact: exact.energy } };
}
