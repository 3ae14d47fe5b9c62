import { describe, expect, it } from 'vitest';
import { RandomStream } from '../numerics/random.ts';
import { autocorrelation, effectiveSampleSize, statisticalInefficiency } from './autocorrelation.ts';

function normals(count: number, walker = 0): Float64Array {
  const stream = new RandomStream(11, 'autocorrelation test');
  const out = new Float64Array(Math.ceil(count / 4) * 4);
  for (let i = 0; i < count; i += 4) stream.normals(walker, i / 4, out, i);
  return out.subarray(0, count);
}

/** Stationary walks of unit variance with C(t) = phi^t, walker after walker. */
function autoregressive(phi: number, frames: number, walkers = 1): Float64Array {
  const out = new Float64Array(walkers * frames);
  for (let walker = 0; walker < walkers; walker++) {
    const z = normals(frames, walker);
    for (let t = 1; t < frames; t++) z[t] = phi * z[t - 1] + Math.sqrt(1 - phi * phi) * z[t];
    out.set(z, walker * frames);
  }
  return out;
}

/** g of `frames` frames: the variance of their mean over that of as many independent samples. */
function exactInefficiency(phi: number, frames: number): number {
  let g = 1;
  for (let t = 1; t < frames; t++) g += 2 * (1 - t / frames) * phi ** t;
  return g;
}

/** How many standard errors the estimate is off. */
function z(series: ArrayLike<number>, exact: number, walkers = 1): number {
  const { value, stderr } = statisticalInefficiency(series, walkers)!;
  return (value - exact) / stderr;
}

describe('autocorrelation', () => {
  it('equals direct sums, for one series and for an odd number of walkers', () => {
    const series = [1, 4, 2, 8, 5, 7, 1, 4, 2, 3, 3, 9, 2, 6, 5];
    for (const walkers of [1, 3]) {
      const frames = series.length / walkers;
      const mean = series.reduce((a, b) => a + b) / series.length;
      const product = (lag: number) => {
        let sum = 0;
        for (let w = 0; w < walkers; w++) {
          for (let t = w * frames; t + lag < (w + 1) * frames; t++) {
            sum += (series[t] - mean) * (series[t + lag] - mean);
          }
        }
        return sum / (walkers * (frames - lag));
      };
      const correlation = autocorrelation(series, frames - 1, walkers)!;
      expect(correlation).toHaveLength(frames);
      correlation.forEach((value, lag) => {
        expect(value).toBeCloseTo(product(lag) / product(0), 12);
      });
    }
  });

  it('of an autoregressive walk falls as phi^t', () => {
    const [phi, n] = [0.9, 200_000];
    const correlation = autocorrelation(autoregressive(phi, n), 30)!;
    // Bartlett: the variance is at most (1 + phi^2) / (1 - phi^2) / n.
    const stderr = Math.sqrt((1 + phi ** 2) / (1 - phi ** 2) / n);
    correlation.forEach((value, lag) => {
      expect(Math.abs(value - phi ** lag)).toBeLessThan(5 * stderr);
    });
  });

  it('cuts the lag to the series and says nothing about constant, empty or infinite ones', () => {
    expect(autocorrelation([1, 2, 3], 99)).toHaveLength(3);
    for (const series of [[], [0.1, 0.1, 0.1], [1, Number.NaN, 2], [1, Number.POSITIVE_INFINITY]]) {
      expect(autocorrelation(series, 1)).toBeNull();
      expect(statisticalInefficiency(series)).toBeNull();
      expect(effectiveSampleSize(series)).toBeNull();
    }
    expect(() => autocorrelation([1, 2, 3], 1, 2)).toThrow(RangeError);
  });
});

describe('statistical inefficiency', () => {
  it('of white noise is 1, of values repeated three times 3', () => {
    const white = normals(60_000);
    expect(Math.abs(z(white, 1))).toBeLessThan(5);
    const repeated = Float64Array.from({ length: 3 * white.length }, (_, i) => white[Math.floor(i / 3)]);
    expect(Math.abs(z(repeated, 3))).toBeLessThan(5);
    const { value, stderr } = statisticalInefficiency(repeated)!;
    expect(stderr / value).toBeLessThan(0.02);
  });

  it.each([0.5, 0.9, 0.98])('of an autoregressive walk is (1 + phi) / (1 - phi), phi = %f', (phi) => {
    const series = autoregressive(phi, 200_000);
    const exact = (1 + phi) / (1 - phi);
    expect(Math.abs(z(series, exact))).toBeLessThan(5);
    expect(statisticalInefficiency(series)!.stderr / exact).toBeLessThan(0.1);
    expect(effectiveSampleSize(series)).toBe(series.length / statisticalInefficiency(series)!.value);
  });

  it.each([
    [100, 1000],
    [1000, 100],
  ])('of %i walkers of %i frames is that of so short a series', (walkers, frames) => {
    const series = autoregressive(0.98, frames, walkers);
    expect(Math.abs(z(series, exactInefficiency(0.98, frames), walkers))).toBeLessThan(5);
  });

  it('claims a standard error that covers the spread between runs, within a factor of two', () => {
    const frames = 4000;
    const series = autoregressive(0.9, frames, 40);
    const exact = exactInefficiency(0.9, frames);
    const zs = Array.from({ length: 40 }, (_, run) =>
      z(series.subarray(run * frames, (run + 1) * frames), exact),
    );
    const spread = Math.sqrt(zs.reduce((sum, value) => sum + value ** 2, 0) / zs.length);
    expect(spread).toBeGreaterThan(0.5);
    expect(spread).toBeLessThan(1.3);
  });

  it('never exceeds independent samples: an alternating series is given 1', () => {
    expect(statisticalInefficiency(autoregressive(-0.9, 10_000))!.value).toBe(1);
  });

  it('of walkers that never move is their number of frames: each is one sample', () => {
    for (const frames of [1, 2, 7, 8]) {
      const frozen = Float64Array.from({ length: 5 * frames }, (_, i) => Math.floor(i / frames) ** 2);
      expect(statisticalInefficiency(frozen, 5)!.value).toBeCloseTo(frames, 10);
      expect(effectiveSampleSize(frozen, 5)).toBeCloseTo(5, 10);
    }
  });

  it('sees trapping between walkers that the mean of each walker would hide', () => {
    const [walkers, frames] = [40, 1000];
    const trapped = normals(walkers * frames).map((noise, i) => {
      return (Math.floor(i / frames) % 2 ? 1 : -1) + 0.1 * noise;
    });
    const together = effectiveSampleSize(trapped, walkers)!;
    expect(together).toBeGreaterThan(0.8 * walkers);
    expect(together).toBeLessThan(1.2 * walkers);
    // The wrong estimator: walkers one by one. Each finds its own well well sampled.
    let separately = 0;
    for (let w = 0; w < walkers; w++) {
      separately += effectiveSampleSize(trapped.subarray(w * frames, (w + 1) * frames))!;
    }
    expect(separately).toBeGreaterThan(100 * together);
  });

  it('rejects a sum that ends at a fixed lag', () => {
    const series = autoregressive(0.98, 200_000);
    const tooShort = autocorrelation(series, 20)!.reduce((sum, value) => sum + 2 * value, -1);
    const { stderr } = statisticalInefficiency(series)!;
    expect((tooShort - 99) / stderr).toBeLessThan(-5);
  });
});
