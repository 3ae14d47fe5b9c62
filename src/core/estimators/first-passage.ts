/**
 * First-passage times when some walkers have not arrived yet.
 *
 * Dropping those walkers keeps the fast passages only and makes the mean too small; counting the time they were watched
 * as a passage does too. Both estimators here use them for what they say: "not yet".
 */

/** Durations of one kind, in model time; the two lists are in no order and belong to different walkers or stays. */
export interface Durations {
  /** Times at which walkers arrived. */
  readonly ended: ArrayLike<number>;
  /** For every walker that has not arrived, the time it was watched. Why it is watched no longer may not depend on it. */
  readonly censored: ArrayLike<number>;
}

/** An estimate or, as long as nobody has arrived, a bound. */
export interface MeanFirstPassageTime {
  /** Null as long as nobody has arrived. */
  readonly mean: number | null;
  readonly stderr: number | null;
  /** Number of arrivals and of walkers still on the way. */
  readonly n: number;
  readonly censored: number;
  /** Only if nobody has arrived: with 95 % confidence the mean is more than this. */
  readonly moreThan: number | null;
}

/** Chance of a bound to be wrong, and level of the test in `exponentialCheck`. */
const SIGNIFICANCE = 0.05;

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}

/**
 * Mean of exponential durations: all time watched over the number of arrivals, standard error mean / sqrt(arrivals):
 * the maximum likelihood estimate under right censoring. No arrivals in a total time T have the chance exp(-T / mean),
 * which gives the bound T / log 20 = T / 3.00.
 *
 * Right when escape is memoryless: a barrier well above kT, a start inside the basin, and passages much slower than the
 * relaxation within it. Without censoring the mean is right for any distribution, but not its standard error. `exponentialCheck`
 * tests it; `restrictedMean` assumes nothing.
 */
export function exponentialMean({ ended, censored }: Durations): MeanFirstPassageTime {
  const total = sum(ended) + sum(censored);
  const n = ended.length;
  const known = { n, censored: censored.length };
  if (n === 0) return { ...known, mean: null, stderr: null, moreThan: total / -Math.log(SIGNIFICANCE) };
  return { ...known, mean: total / n, stderr: total / n / Math.sqrt(n), moreThan: null };
}

/** Share of walkers that have not arrived, as a falling staircase: `survival[i]` from `time[i]` to `time[i + 1]`. */
export interface SurvivalCurve {
  /** 0, then each time at which somebody arrived, ascending. */
  readonly time: Float64Array;
  readonly survival: Float64Array;
  /** Greenwood standard error; NaN where `survival` has come to 0. */
  readonly stderr: Float64Array;
  /** Arrivals at `time[i]`, and walkers watched until then. */
  readonly arrivals: Float64Array;
  readonly atRisk: Float64Array;
  /** The longest time watched: the curve is not known beyond it, unless it has come to 0. */
  readonly end: number;
}

/**
 * The survival curve whatever its distribution: at each arrival it falls by the share that arrives of those still watched
 * (Kaplan, Meier, J. Am. Stat. Assoc. 53, 457 (1958)); its variance is survival^2 times the sum of
 * arrivals / (atRisk (atRisk - arrivals)) (Greenwood, 1926). Walkers lost at the time of an arrival count as watched.
 * O(n log n).
 */
export function survivalCurve({ ended, censored }: Durations): SurvivalCurve {
  const arrived = Float64Array.from(ended).sort();
  const lost = Float64Array.from(censored).sort();
  const steps = [{ time: 0, survival: 1, stderr: 0, arrivals: 0, atRisk: arrived.length + lost.length }];
  let survival = 1;
  let greenwood = 0;
  for (let i = 0, gone = 0; i < arrived.length; ) {
    const time = arrived[i];
    while (gone < lost.length && lost[gone] < time) gone++;
    const atRisk = arrived.length - i + lost.length - gone;
    let arrivals = 0;
    for (; i < arrived.length && arrived[i] === time; i++) arrivals++;
    survival *= 1 - arrivals / atRisk;
    greenwood += arrivals / (atRisk * (atRisk - arrivals));
    steps.push({ time, survival, stderr: survival * Math.sqrt(greenwood), arrivals, atRisk });
  }
  const column = (name: keyof (typeof steps)[0]) => Float64Array.from(steps, (step) => step[name]);
  return {
    time: column('time'),
    survival: column('survival'),
    stderr: column('stderr'),
    arrivals: column('arrivals'),
    atRisk: column('atRisk'),
    end: Math.max(0, arrived.at(-1) ?? 0, lost.at(-1) ?? 0),
  };
}

/** Mean of the first-passage time, later passages counted as `horizon`. */
export interface RestrictedMean {
  readonly mean: number;
  readonly stderr: number;
  readonly horizon: number;
  /** Share not arrived at the horizon: if 0, `mean` is the mean first-passage time, else it is less. */
  readonly remaining: number;
}

/**
 * Area under the survival curve up to `horizon` (cut to the longest time watched): mean of min(time, horizon) under any
 * distribution. Variance: sum over the steps of (area right of the step)^2 arrivals / (atRisk (atRisk - arrivals)) (Klein,
 * Moeschberger, Survival Analysis, 2nd ed., eq. 4.5.2).
 */
export function restrictedMean(curve: SurvivalCurve, horizon = Number.POSITIVE_INFINITY): RestrictedMean {
  const end = Math.min(horizon, curve.end);
  let last = curve.time.length - 1;
  while (last > 0 && curve.time[last] > end) last--;
  let mean = 0;
  let variance = 0;
  for (let i = last, right = end; i >= 0; i--) {
    mean += curve.survival[i] * (right - curve.time[i]);
    right = curve.time[i];
    const stay = curve.atRisk[i] - curve.arrivals[i];
    if (stay > 0) variance += (mean ** 2 * curve.arrivals[i]) / (curve.atRisk[i] * stay);
  }
  return { mean, stderr: Math.sqrt(variance), horizon: end, remaining: curve.survival[last] };
}

/** How far the observed distribution is from an exponential one. */
export interface ExponentialCheck {
  /** Largest difference between the shares of the arrivals and of the time watched by then, from 0 to 1. */
  readonly distance: number;
  /** Exponential durations exceed this in about 5 % of all cases. */
  readonly critical: number;
  readonly exponential: boolean;
}

/** Fewer arrivals than this say nothing about a distribution. */
const FEWEST_ARRIVALS = 5;

/**
 * Is escape memoryless? On a clock that runs as fast as there are walkers still watched, memoryless arrivals are a
 * Poisson process, whatever its rate and whoever is lost on the way: the shares of the total time watched at which all
 * but the last arrive are uniform (total time on test: Epstein, Technometrics 2, 83 (1960)). This is their
 * Kolmogorov-Smirnov distance, with the 5 % level 1.358 / (sqrt(m) + 0.12 + 0.11 / sqrt(m)) for m of them (Stephens,
 * J. Am. Stat. Assoc. 69, 730 (1974)). O(n log n).
 *
 * A delay, such as the time to relax within the basin, gives a distance of about delay / mean. Many arrivals detect
 * even a harmless one: compare the distance with the relative error that is asked of the mean. Nothing is learned about
 * times later than the last arrival.
 *
 * @returns null for fewer than five arrivals
 */
export function exponentialCheck({ ended, censored }: Durations): ExponentialCheck | null {
  const m = ended.length - 1;
  if (m + 1 < FEWEST_ARRIVALS) return null;
  const clock = timeWatchedAtArrivals(Float64Array.from(ended).sort(), Float64Array.from(censored).sort());
  let distance = 0;
  for (let i = 0; i < m; i++) {
    const share = clock[i] / clock[m];
    distance = Math.max(distance, share - i / m, (i + 1) / m - share);
  }
  const critical = 1.358 / (Math.sqrt(m) + 0.12 + 0.11 / Math.sqrt(m));
  return { distance, critical, exponential: distance <= critical };
}

/** Time that all walkers together were watched, by each arrival; both lists ascending. */
function timeWatchedAtArrivals(arrived: Float64Array, lost: Float64Array): Float64Array {
  let gone = 0;
  let finished = 0;
  return arrived.map((time, i) => {
    for (; gone < lost.length && lost[gone] < time; gone++) finished += lost[gone];
    const watched = finished + (arrived.length - i + lost.length - gone) * time;
    finished += time;
    return watched;
  });
}

/** -zeta(1/2) / sqrt(2 pi): mean overshoot of a Gaussian random walk over a far barrier, in steps' standard deviations. */
const MEAN_OVERSHOOT = 0.5825971579390106;

/**
 * How much farther a barrier seems when a diffusing walker is looked at every `interval` only: it acts like a barrier
 * under continuous watch moved away by 0.5826 sqrt(2 diffusion interval) (Chernoff, Ann. Math. Stat. 36, 55 (1965);
 * Broadie, Glasserman, Kou, Math. Finance 7, 325 (1997)). Compare observed means with the exact mean first-passage time
 * to the moved barrier: what is left is of order `interval`. Euler-Maruyama steps looked at one by one are the same
 * walk, so `interval` is dt, or dt times the stride of the frames.
 *
 * Valid while the shift is small beside the scales of the potential. The late detection is contained in it, and half an
 * interval must not be added. Half an interval is the whole bias in the other limit: a target that is not left within
 * an interval once it is entered, and smooth (underdamped) paths into it.
 *
 * @param diffusion kT mobility, across the barrier, length^2 / time  @returns a length
 */
export function discreteBarrierShift(diffusion: number, interval: number): number {
  return MEAN_OVERSHOOT * Math.sqrt(2 * diffusion * interval);
}
