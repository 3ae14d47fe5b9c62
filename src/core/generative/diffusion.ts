/** What the noise schedules share, and what follows from any of them. */

import { normalDistribution } from '../numerics/normal.ts';
import { linspace } from '../numerics/results.ts';
import { type Experiment, group } from '../params/experiment.ts';
import { number } from '../params/make.ts';
import type { ParamSpecs } from '../params/params.ts';
import type { GenerativeFamilies, Path } from './contract.ts';

/** The schedule of an experiment with its parameters. */
export function pathOf(experiment: Experiment, families: GenerativeFamilies): Path {
  return families.schedules[experiment.schedule].path(group(experiment, 'schedule'));
}

/** sigma / alpha: the noise in units of the data. */
export function ratioAt(path: Path, t: number): number {
  return path.sigma(t) / path.alpha(t);
}

/** The ratio, or the nearest that the schedule reaches. */
export function reachable(path: Path, ratio: number): number {
  const [least, most] = path.range.map((t) => ratioAt(path, t));
  return Math.min(most, Math.max(least, ratio));
}

/** `count` levels from `first` to `last`, evenly spaced in level^(1 / rho) (Karras et al. 2022, eq. 5). */
export function spaced(count: number, first: number, last: number, rho: number): Float64Array {
  const from = first ** (1 / rho);
  const to = last ** (1 / rho);
  return Float64Array.from(
    { length: count },
    (_, i) => (from + (i / Math.max(1, count - 1)) * (to - from)) ** rho,
  );
}

/** Times of a schedule whose time is uniform, in training and in generation. */
export function uniformTimes(
  range: readonly [number, number],
): Pick<Path, 'range' | 'trainingTime' | 'times'> {
  const [low, high] = range;
  return {
    range,
    trainingTime: (normal) => low + (high - low) * normalDistribution(normal),
    times: (count, first, last) => (count > 1 ? linspace(first, last, count) : Float64Array.of(first)),
  };
}

/** A rate beta(t) that grows linearly from `low` at t = 0 to `high` at t = 1. */
export interface LinearRate {
  at(t: number): number;
  /** Half its integral from 0 to t. */
  halfIntegral(t: number): number;
  /** The time at which the half integral has this value. */
  timeOf(halfIntegral: number): number;
}

export function linearRate(low: number, high: number): LinearRate {
  const slope = high - low;
  return {
    at: (t) => low + slope * t,
    halfIntegral: (t) => (slope * t * t) / 4 + (low * t) / 2,
    // The root of the quadratic in the form that does not cancel, right for slope 0 too.
    timeOf: (value) => (2 * value) / (low / 2 + Math.sqrt((low * low) / 4 + slope * value)),
  };
}

/** Training and generation stop here: sigma = 0 has no score (Song et al. 2021, appendix C). */
export const LEAST_TIME = 1e-5;

export const rateParams = {
  betaMin: number(0.1, [0.01, 1], { symbol: '\\beta_0', limits: [1e-3, 100], scale: 'log' }),
  betaMax: number(20, [5, 50], { symbol: '\\beta_1', limits: [1e-3, 100], scale: 'log' }),
} satisfies ParamSpecs;
