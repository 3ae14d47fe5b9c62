/** The coarse equation against the full system: first passages, autocorrelation, projective integration. */
import { exponentialMean, type MeanFirstPassageTime } from '../../estimators/first-passage.ts';
import type { RandomStream } from '../../numerics/random.ts';
import { standardError } from '../../numerics/resampling.ts';
import type { Lab } from '../../sampling/lab.ts';
import { GROUPS } from '../bursts/bursts.ts';
import type { CoarseAutocorrelation, Projection } from '../frame.ts';
import type { FullSystem, Walkers } from '../lifting/full-system.ts';
import type { CoarseEquation } from './coarse-equation.ts';
import { CoarseWalk } from './coarse-walk.ts';
import { projectiveIntegration, type Shape, shapeOf, valuesOf } from './projective.ts';

/** Steps of the full system between two looks. */
const LOOK = 10;
/** Steps of the coarse equation that all its walkers together may take. */
const COARSE_STEPS = 5e6;
const COARSE_WALKERS = 100;
/** Share of the fastest coarse time that a coarse step lasts. */
const COARSE_SHARE = 0.05;

/** Arrivals and waiting times of walkers that must pass `to`, `direction` telling from which side. */
class Arrivals {
  private readonly times: Float64Array;

  constructor(
    count: number,
    private readonly to: number,
    private readonly direction: number,
  ) {
    this.times = new Float64Array(count).fill(Number.NaN);
  }

  look(z: Float64Array, time: number): boolean {
    let all = true;
    z.forEach((value, w) => {
      if (Number.isNaN(this.times[w]) && (value - this.to) * this.direction >= 0) this.times[w] = time;
      if (Number.isNaN(this.times[w])) all = false;
    });
    return all;
  }

  estimate(end: number): MeanFirstPassageTime {
    const ended = this.times.filter((t) => !Number.isNaN(t));
    return exponentialMean({ ended, censored: new Float64Array(this.times.length - ended.length).fill(end) });
  }
}

/** Passages of walkers of the full system that are placed where they start. */
export function* fullPassages(
  micro: FullSystem,
  walkers: Walkers,
  steps: number,
  [from, to]: readonly [number, number],
): Generator<void, MeanFirstPassageTime, void> {
  const arrivals = new Arrivals(walkers.count, to, Math.sign(to - from));
  let taken = 0;
  while (taken < steps && !arrivals.look(walkers.cv(), taken * micro.dt)) {
    const now = walkers.advance(Math.min(LOOK, steps - taken));
    if (now === 0) break;
    taken += now;
    yield;
  }
  return arrivals.estimate(taken * micro.dt);
}

export function* coarsePassages(
  equation: CoarseEquation,
  stream: RandomStream,
  [from, to]: readonly [number, number],
): Generator<void, MeanFirstPassageTime, void> {
  const walk = new CoarseWalk(
    equation,
    new Float64Array(COARSE_WALKERS).fill(from),
    coarseStep(equation),
    stream,
  );
  const arrivals = new Arrivals(COARSE_WALKERS, to, Math.sign(to - from));
  let taken = 0;
  for (; taken * COARSE_WALKERS < COARSE_STEPS; taken++) {
    walk.advance(1);
    if (arrivals.look(walk.z, (taken + 1) * walk.dt)) break;
    if (taken % 100 === 0) yield;
  }
  return arrivals.estimate(taken * walk.dt);
}

/** A step short against the steepest drift where walkers come, and against the way between two ends. */
export function coarseStep(equation: CoarseEquation): number {
  const shares = equation.shares(200);
  const [low, high] = equation.stretch.range;
  const peak = shares.reduce((a, b) => Math.max(a, b), 0);
  let steepest = 0;
  shares.forEach((share, i) => {
    if (share < 1e-5 * peak) return;
    steepest = Math.max(steepest, Math.abs(equation.drift.slope(low + ((high - low) * (i + 0.5)) / 200)));
  });
  const across = ((high - low) / 20) ** 2 / (2 * equation.diffusion((low + high) / 2));
  return COARSE_SHARE * Math.min(across, steepest > 0 ? 1 / steepest : across);
}

/**
 * Regression of the slow variable on where it started, walkers of full system and coarse equation from the same places.
 * @param steps of the full system between two of `frames` times
 */
export function* autocorrelations(
  micro: FullSystem,
  walkers: Walkers,
  equation: CoarseEquation,
  { frames, steps }: { readonly frames: number; readonly steps: number },
): Generator<void, CoarseAutocorrelation, void> {
  const start = walkers.cv();
  const time = Float64Array.from({ length: frames }, (_, k) => k * steps * micro.dt);
  const parts = Math.max(1, Math.round((steps * micro.dt) / coarseStep(equation)));
  const stream = micro.lab.random('coarse autocorrelation');
  const walk = new CoarseWalk(equation, start, (steps * micro.dt) / parts, stream);
  const curves = { full: [onStart(start, start)], coarse: [onStart(start, start)] };
  for (let frame = 1; frame < frames; frame++) {
    if (walkers.advance(steps) < steps) break;
    walk.advance(parts);
    curves.full.push(onStart(walkers.cv(), start));
    curves.coarse.push(onStart(walk.z, start));
    yield;
  }
  const column = (rows: readonly (readonly number[])[]) =>
    Float64Array.from(rows, (groups) => groups.reduce((a, b) => a + b, 0) / GROUPS);
  const stderr = Float64Array.from(curves.full, (groups, k) =>
    standardError(groups.map((value, g) => value - curves.coarse[k][g])),
  );
  const [full, coarse] = [column(curves.full), column(curves.coarse)];
  const largest = full.reduce(
    (most, v, k) => (k === 0 ? most : Math.max(most, Math.abs(v - coarse[k]) / stderr[k])),
    0,
  );
  return { time: time.slice(0, full.length), full, coarse, stderr, largest };
}

/** Covariance with the start over the variance of the start, by groups of walkers. */
function onStart(z: Float64Array, start: Float64Array): number[] {
  const centre = start.reduce((a, b) => a + b, 0) / start.length;
  const variance = start.reduce((sum, v) => sum + (v - centre) ** 2, 0) / GROUPS;
  const sums = new Array<number>(GROUPS).fill(0);
  z.forEach((value, w) => {
    sums[w % GROUPS] += (value - centre) * (start[w] - centre);
  });
  return sums.map((sum) => sum / variance);
}

/** How the full system is lifted to a distribution of the slow variable: coordinates of `z.length` walkers. */
export type LiftTo = (z: Float64Array, step: number) => Float64Array;

export interface ProjectionPlan {
  readonly start: Shape;
  /** All in steps of the full system. */
  readonly end: number;
  readonly heal: number;
  readonly settle: number;
  readonly measure: number;
  readonly leap: number;
}

export function* projections(
  micro: FullSystem,
  walkers: Walkers,
  lift: LiftTo,
  plan: ProjectionPlan,
): Generator<void, Projection | null, void> {
  const { dt, lab } = micro;
  const before = lab.spent;
  let step = 0;
  const leaps = projectiveIntegration<null>(
    {
      lift(shape) {
        walkers.place(lift(valuesOf(shape, walkers.count), step++));
        walkers.hold(plan.heal);
        return null;
      },
      run: (_, time) => (walkers.advance(Math.round(time / dt)) > 0 ? shapeOf(walkers.cv()) : null),
    },
    plan.start,
    plan.end * dt,
    { settle: plan.settle * dt, measure: plan.measure * dt, leap: plan.leap * dt },
  );
  const seen = [];
  for (const each of leaps) {
    seen.push(each);
    yield;
  }
  const cost = lab.spent - before;
  const full = yield* fullDistributions(
    micro,
    walkers,
    lift,
    plan,
    seen.map(({ time }) => Math.round(time / dt)),
  );
  if (full.length < seen.length || seen.length < 2) return null;
  return compared(lab, { seen, full, cost, healing: (seen.length - 1) * plan.heal * walkers.count });
}

/** The full system all the way, seen at the steps `at`. */
function* fullDistributions(
  micro: FullSystem,
  walkers: Walkers,
  lift: LiftTo,
  { start, heal }: ProjectionPlan,
  at: readonly number[],
): Generator<void, Moving[], void> {
  walkers.place(lift(valuesOf(start, walkers.count), -1));
  walkers.hold(heal);
  const out: Moving[] = [];
  let taken = 0;
  for (const step of at) {
    if (walkers.advance(step - taken) < step - taken) return out;
    taken = step;
    out.push({ time: step * micro.dt, shape: shapeOf(walkers.cv()), z: walkers.cv() });
    yield;
  }
  return out;
}

interface Moving {
  readonly time: number;
  readonly shape: Shape;
  readonly z: Float64Array;
}

function compared(
  lab: Lab,
  run: {
    readonly seen: readonly { readonly time: number; readonly shape: Shape }[];
    readonly full: readonly Moving[];
    readonly cost: number;
    readonly healing: number;
  },
): Projection {
  const { seen, full, cost, healing } = run;
  const last = full[full.length - 1];
  const forces = lab.integrator.forces;
  const whole = Math.round(last.time / lab.dt) * last.z.length * forces;
  const moments = (rows: readonly { readonly time: number; readonly shape: Shape }[]) => ({
    time: Float64Array.from(rows, ({ time }) => time),
    mean: Float64Array.from(rows, ({ shape }) => shape[0]),
    deviation: Float64Array.from(rows, ({ shape }) =>
      Math.sqrt(shape[1] ** 2 + 2 * shape[2] ** 2 + 6 * shape[3] ** 2),
    ),
  });
  const [leaps, all] = [moments(seen), moments(full)];
  const scale = all.deviation[all.deviation.length - 1];
  const worst = (a: Float64Array, b: Float64Array) =>
    a.reduce((most, v, k) => Math.max(most, Math.abs(v - b[k])), 0) / scale;
  return {
    ...leaps,
    full: all,
    speedUp: whole / cost,
    speedUpWithoutHealing: whole / (cost - healing * forces),
    error: { mean: worst(leaps.mean, all.mean), deviation: worst(leaps.deviation, all.deviation) },
  };
}
