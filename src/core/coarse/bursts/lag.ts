/**
 * Which lag: where drift and diffusion no longer depend on it. Windows of lags from t/2 to t, t from two fast times on; the first
 * whose corrected estimates agree with those of the next window, t to 2t, within two standard errors or 5 %, is taken together with
 * that one. If there is none, the last three quarters of the longest lag that is short enough against the slow time for the correction
 * to settle; a lag shorter than two fast times if no other is.
 */

import { mean, standardError } from '../../numerics/resampling.ts';
import type { Stretch } from '../equation/smooth.ts';
import { ALL_GROUPS, type BurstRecord, type Estimator } from './bursts.ts';
import { type BurstMoments, type Effective, effective, uncorrected } from './effective.ts';

/** Shortest end of a window, in fast times. */
const SHORTEST = 2;
const FACTOR = Math.SQRT2;
/** Standard errors within which two windows agree, in the mean of D over the values. */
const AGREE = 2;

/** Relative difference that does not matter even where it can be seen. */
const TOLERANCE = 0.05;

/** First and last frame. */
export type Window = readonly [number, number];

export interface PlateauPoint {
  /** End of the window, in physical time. */
  readonly lag: number;
  /** Mean of D over the values: corrected for the lag (NaN where it is too long), as read off, and its standard error. */
  readonly diffusion: number;
  readonly uncorrected: number;
  readonly stderr: number;
  /** Size of b against the chosen estimate, 1 on the plateau. */
  readonly drift: number;
}

export interface Lag {
  readonly window: Window;
  /** Two windows agreed. */
  readonly plateau: boolean;
}

export interface Choosing {
  readonly record: BurstRecord;
  readonly estimator: Estimator;
  readonly stretch: Stretch;
}

export function momentsIn(
  { record, estimator }: Choosing,
  [first, last]: Window,
  groups = ALL_GROUPS,
): BurstMoments {
  return record.between(first, last, groups, estimator);
}

/** Ends of windows in frames, growing by sqrt(2), as many as the record holds. */
export function windowEnds({ frames }: BurstRecord, framesPerFastTime: number): number[] {
  const ends: number[] = [];
  for (let end = SHORTEST * framesPerFastTime; Math.round(end) < frames; end *= FACTOR)
    if (Math.round(end) >= 2) ends.push(Math.round(end));
  return [...new Set(ends)];
}

export function chooseLag(choosing: Choosing, framesPerFastTime: number): Lag {
  const { record } = choosing;
  const ends = windowEnds(record, framesPerFastTime);
  for (const end of ends.filter((t) => 2 * t < record.frames)) {
    const joined: Window = [Math.round(end / 2), 2 * end];
    if (settles(choosing, joined) && agree(choosing, [joined[0], end], [end, joined[1]]))
      return { window: joined, plateau: true };
  }
  const longest = ends.toReversed().find((end) => settles(choosing, lastQuarters(end)));
  if (longest !== undefined) return { window: lastQuarters(longest), plateau: false };
  return { window: shorter(choosing, Math.round(SHORTEST * framesPerFastTime)), plateau: false };
}

function lastQuarters(end: number): Window {
  return [Math.round(end / 4), end];
}

function settles(choosing: Choosing, window: Window): boolean {
  return effective(momentsIn(choosing, window), choosing.stretch).settled;
}

/** The first window shorter than `end` for which the correction settles, or two frames. */
function shorter(choosing: Choosing, end: number): Window {
  let last = Math.min(end, choosing.record.frames - 1);
  while (last > 2 && !settles(choosing, [last >> 1, last])) last = Math.max(2, Math.floor(last / FACTOR));
  return [last >> 1, last];
}

function agree(choosing: Choosing, near: Window, far: Window): boolean {
  const { stretch } = choosing;
  const [a, b] = [near, far].map((window) => effective(momentsIn(choosing, window), stretch));
  const spread = groupDifferences(choosing, near, far);
  const gap = mean(a.diffusion) - mean(b.diffusion);
  const enough = TOLERANCE * Math.abs(mean(a.diffusion));
  if (!(Math.abs(gap) <= Math.max(enough, AGREE * spread.meanDiffusion))) return false;
  const count = a.drift.length;
  const chi = a.drift.reduce((sum, v, i) => sum + ((v - b.drift[i]) / spread.drift[i]) ** 2, 0) / count;
  if (chi <= 1 + AGREE * Math.sqrt(2 / count)) return true;
  const square = (v: Float64Array) => v.reduce((sum, x) => sum + x * x, 0);
  return square(a.drift.map((v, i) => v - b.drift[i])) <= TOLERANCE ** 2 * square(a.drift);
}

/** Standard errors of differences between two windows, from groups of bursts. */
function groupDifferences(choosing: Choosing, near: Window, far: Window) {
  const differences = ALL_GROUPS.map((group) => {
    const [a, b] = [near, far].map((window) => uncorrected(momentsIn(choosing, window, [group])));
    return { drift: a.drift.map((v, i) => v - b.drift[i]), D: mean(a.diffusion) - mean(b.diffusion) };
  });
  return {
    meanDiffusion: standardError(differences.map(({ D }) => D)),
    drift: differences[0].drift.map((_, i) => standardError(differences.map(({ drift }) => drift[i]))),
  };
}

/** Estimates against the lag, for the plateau plot. */
export function plateauOf(choosing: Choosing, ends: readonly number[], chosen: Effective): PlateauPoint[] {
  const size = chosen.drift.reduce((sum, v) => sum + v * v, 0);
  return ends.map((end) => {
    const window: Window = [Math.round(end / 2), end];
    const found = effective(momentsIn(choosing, window), choosing.stretch);
    const raw = momentsIn(choosing, [0, end]);
    const groups = ALL_GROUPS.map((group) =>
      mean(uncorrected(momentsIn(choosing, window, [group])).diffusion),
    );
    const known = (value: number) => (found.settled ? value : Number.NaN);
    return {
      lag: end * choosing.record.interval,
      diffusion: known(mean(found.diffusion)),
      uncorrected: mean(uncorrected(raw).diffusion),
      stderr: standardError(groups),
      drift: known(found.drift.reduce((sum, v, i) => sum + v * chosen.drift[i], 0) / size),
    };
  });
}
