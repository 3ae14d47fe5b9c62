/**
 * Drift and diffusion of the coarse equation from the first two moments of bursts.
 *
 * A lag must be long against what is fast, and is then not short against what is slow: displacement over lag and variance over
 * twice the lag are off by terms of the order lag / slow time. They are therefore not read off but solved for: b and D are such
 * that the coarse equation carries mean and variance of each burst from the lag where the fast variables have settled to the
 * lag at the end (the finite-lag correction of Honisch, Friedrich, Phys. Rev. E 83, 066701 (2011), with a fit of moments).
 */
import { CoarseEquation, type Moments } from '../equation/coarse-equation.ts';
import { fitted, interpolated, type Stretch } from '../equation/smooth.ts';

/** Terms of the fit of D, and of the fit of b that the correction uses. */
const DIFFUSION_TERMS = 9;
const DRIFT_TERMS = 12;
const MOST_ROUNDS = 25;
/** Change of b and D in a round, relative to the largest, at which the correction stands. */
const SETTLED = 1e-4;
/** Largest change of the last round with which it can still be used. */
const CLOSE = 5e-3;
/** Growth of that change, from its least, at which the rounds end. */
const AWAY = 3;

/** Bursts from each of some values of the slow variable, seen at two lags. */
export interface BurstMoments {
  /** Equally spaced. */
  readonly values: Float64Array;
  readonly from: readonly Moments[];
  readonly to: readonly Moments[];
  /** Between the two. */
  readonly duration: number;
}

export interface Effective {
  /** At the values; of D the fit too, which is what the equation uses. */
  readonly drift: Float64Array;
  readonly diffusion: Float64Array;
  readonly smoothDiffusion: Float64Array;
  readonly equation: CoarseEquation;
  /** The rounds of the correction came to an end: the lag is short enough against the slow time. */
  readonly settled: boolean;
}

/** As they are read off: what the equation would be if the lag were short. */
export function uncorrected({ from, to, duration }: BurstMoments): {
  drift: Float64Array;
  diffusion: Float64Array;
} {
  return {
    drift: Float64Array.from(from, ({ mean }, i) => (to[i].mean - mean) / duration),
    diffusion: Float64Array.from(from, ({ variance }, i) => (to[i].variance - variance) / (2 * duration)),
  };
}

/** @param guess where the rounds of the correction begin, e.g. the answer for more bursts */
export function effective(moments: BurstMoments, stretch: Stretch, guess?: Effective): Effective {
  const { values, from, duration } = moments;
  const raw = uncorrected(moments);
  let { drift, diffusion } = guess ?? raw;
  let best = { drift, diffusion, change: Number.POSITIVE_INFINITY };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const [b, D] = fits(values, drift, diffusion, stretch);
    const to = new CoarseEquation(b, D, stretch).carried(from, duration);
    const seen = uncorrected({ ...moments, to });
    const before = { drift, diffusion };
    drift = raw.drift.map((value, i) => value - seen.drift[i] + b.at(values[i]));
    diffusion = raw.diffusion.map((value, i) => value - seen.diffusion[i] + D.at(values[i]));
    const moved = Math.max(change(drift, before.drift), change(diffusion, before.diffusion));
    if (moved < best.change) best = { drift, diffusion, change: moved };
    // At a lag that is not short against the slow time the rounds may lead away: what was nearest to an answer is kept.
    else if (!(moved < AWAY * best.change)) break;
    if (moved < SETTLED) break;
  }
  ({ drift, diffusion } = best);
  const [, D] = fits(values, drift, diffusion, stretch);
  const equation = new CoarseEquation(interpolated(values, drift, stretch), D, stretch);
  return {
    drift,
    diffusion,
    smoothDiffusion: values.map((z) => equation.diffusion(z)),
    equation,
    settled: best.change < CLOSE,
  };
}

/** Largest difference over the largest value. */
function change(now: Float64Array, before: Float64Array): number {
  return largest(now.map((value, i) => value - before[i])) / largest(now);
}

function largest(values: Float64Array): number {
  return values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
}

function fits(values: Float64Array, drift: Float64Array, diffusion: Float64Array, stretch: Stretch) {
  const terms = (most: number) => Math.min(most, Math.ceil(values.length / 2));
  return [
    fitted(values, drift, terms(DRIFT_TERMS), stretch),
    fitted(values, diffusion, terms(DIFFUSION_TERMS), stretch),
  ] as const;
}
