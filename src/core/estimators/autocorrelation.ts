/**
 * How long a series remembers, and how many independent samples it is worth.
 *
 * Series of several independent walkers stand one after the other, `series[walker * frames + frame]`, all of the same
 * length and with one common mean: a walker that never leaves its well is then seen to be correlated, which its own
 * mean would hide. All lags and windows are counted in frames.
 */

import { fourierTransform } from '../numerics/fourier.ts';
import { mean } from '../numerics/resampling.ts';
import { framesOf } from './series.ts';

/**
 * Sums over walkers and frames of dx(frame) dx(frame + lag), lag 0 .. maxLag, dx the deviation from the common mean, as
 * the transform of the power spectrum: O(n log n), where direct sums up to the lags that trapping asks for are O(n^2).
 */
function laggedProducts(series: ArrayLike<number>, maxLag: number, walkers: number): Float64Array {
  const frames = framesOf(series, walkers);
  const center = mean(series);
  // Zeros as long as the largest lag keep the end of a series from meeting its beginning.
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, frames + maxLag)));
  const transform = fourierTransform(size);
  const power = new Float64Array(size);
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  // Two walkers share a transform: their cross term is odd in the frequency and leaves the real part alone.
  for (let walker = 0; walker < walkers; walker += 2) {
    const begin = walker * frames;
    const paired = walker + 1 < walkers;
    re.fill(0);
    im.fill(0);
    for (let t = 0; t < frames; t++) {
      re[t] = series[begin + t] - center;
      if (paired) im[t] = series[begin + frames + t] - center;
    }
    transform(re, im);
    for (let k = 0; k < size; k++) power[k] += re[k] * re[k] + im[k] * im[k];
  }
  im.fill(0);
  transform(power, im);
  return power.subarray(0, maxLag + 1).map((value) => value / size);
}

/**
 * Normalised autocorrelation C(0) = 1, C(1), .. C(maxLag) of a stationary series: mean product of two deviations `lag`
 * frames apart (each lag divided by its own number of pairs) over the variance. Far lags have few pairs and are noise.
 *
 * @param series `series[walker * frames + frame]`  @param maxLag in frames, cut to frames - 1
 * @returns null if the series is empty, constant or not finite: it says nothing of how fast it forgets
 */
export function autocorrelation(series: ArrayLike<number>, maxLag: number, walkers = 1): Float64Array | null {
  const frames = framesOf(series, walkers);
  if (frames === 0) return null;
  const products = laggedProducts(series, Math.min(maxLag, frames - 1), walkers);
  if (!(products[0] > 0)) return null;
  return products.map((product, lag) => (product / products[0]) * (frames / (frames - lag)));
}

/** How many frames stand for one independent sample. */
export interface StatisticalInefficiency {
  /** g, at least 1: the variance of the mean is g times that of as many independent samples. */
  readonly value: number;
  /** Standard error of g. */
  readonly stderr: number;
  /** Largest lag in the sum, in frames. */
  readonly window: number;
}

/**
 * g = 1 + 2 sum over lags t of (1 - t/frames) C(t), by the initial monotone sequence: sums of two neighbouring lags are
 * positive and fall for a reversible process, so that the sum ends where noise makes one negative, and none counts for
 * more than the one before it (Geyer, Statistical Science 7, 473 (1992), section 3.3). No time scale has to be guessed,
 * which fast/slow systems would punish. Where C oscillates (irreversible or underdamped dynamics) the window ends
 * within the first negative lobe and g comes out too large, on the safe side. Series that alternate would have g < 1;
 * they are given 1.
 *
 * The standard error is g sqrt(2 (2 window + 1) / n) (Madras, Sokal, J. Stat. Phys. 50, 109 (1988), appendix C;
 * for a plain window, here an approximation). It knows of the time scales in the series only: a single
 * walker that never left its well has a small g, and only further walkers, or more time, can tell.
 *
 * @param series `series[walker * frames + frame]`
 * @returns null if the series is empty, constant or not finite
 */
export function statisticalInefficiency(
  series: ArrayLike<number>,
  walkers = 1,
): StatisticalInefficiency | null {
  const frames = framesOf(series, walkers);
  const correlation = autocorrelation(series, frames - 1, walkers);
  if (!correlation) return null;
  const weighted = (lag: number) => (lag < frames ? (1 - lag / frames) * correlation[lag] : 0);
  let sum = 0;
  let pair = Number.POSITIVE_INFINITY;
  let lag = 0;
  for (; lag < frames; lag += 2) {
    pair = Math.min(pair, weighted(lag) + weighted(lag + 1));
    if (pair <= 0) break;
    sum += pair;
  }
  const value = Math.max(1, 2 * sum - 1);
  const window = Math.max(0, Math.min(lag, frames) - 1);
  return { value, stderr: value * Math.sqrt((2 * (2 * window + 1)) / series.length), window };
}

/**
 * n / g: the number of independent samples with the same standard error of the mean; null as for
 * `statisticalInefficiency`.
 */
export function effectiveSampleSize(series: ArrayLike<number>, walkers = 1): number | null {
  const inefficiency = statisticalInefficiency(series, walkers);
  return inefficiency && series.length / inefficiency.value;
}
