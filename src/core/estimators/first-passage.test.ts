import { describe, expect, it } from 'vitest';
import { RandomStream } from '../numerics/random.ts';
import {
  type Durations,
  discreteBarrierShift,
  exponentialCheck,
  exponentialMean,
  restrictedMean,
  survivalCurve,
} from './first-passage.ts';

function uniforms(count: number, purpose: string, walker = 0): Float64Array {
  const stream = new RandomStream(3, purpose);
  const out = new Float64Array(Math.ceil(count / 4) * 4);
  for (let i = 0; i < count; i += 4) stream.uniforms(walker, i / 4, out, i);
  return out.subarray(0, count);
}

function exponentials(count: number, mean: number, purpose: string, walker = 0): Float64Array {
  return uniforms(count, purpose, walker).map((u) => -mean * Math.log(u));
}

/** What is seen of `times` if walker i is watched until `limit(i)`. */
function watched(times: Float64Array, limit: (i: number) => number): Durations {
  return {
    ended: times.filter((time, i) => time <= limit(i)),
    censored: times.map((_, i) => limit(i)).filter((end, i) => times[i] > end),
  };
}

describe('mean of exponential passages', () => {
  const [tau, walkers] = [7, 4000];
  const times = exponentials(walkers, tau, 'passages');
  const limits = uniforms(walkers, 'limits').map((u) => 20 * u);

  it.each([
    ['at a common time', () => 3],
    ['at times of their own', (i: number) => limits[i]],
    ['never', () => Number.POSITIVE_INFINITY],
  ])('is right with walkers lost %s', (_, limit) => {
    const { mean, stderr, n, censored, moreThan } = exponentialMean(watched(times, limit));
    expect(Math.abs(mean! - tau)).toBeLessThan(5 * stderr!);
    expect(stderr! / tau).toBeLessThan(0.03);
    expect(n + censored).toBe(walkers);
    expect(moreThan).toBeNull();
  });

  it('rejects two wrong estimators: walkers left out, and walkers counted as arrived', () => {
    const { ended, censored } = watched(times, () => 3);
    for (const kept of [ended, Float64Array.of(...Array.from(ended), ...Array.from(censored))]) {
      const { mean, stderr } = exponentialMean({ ended: kept, censored: [] });
      expect((mean! - tau) / stderr!).toBeLessThan(-50);
    }
  });

  it('claims a standard error equal to the spread between runs', () => {
    const zs = Array.from({ length: 400 }, (_, run) => {
      const { mean, stderr } = exponentialMean(watched(exponentials(200, tau, 'runs', run), () => tau));
      return (mean! - tau) / stderr!;
    });
    const spread = Math.sqrt(zs.reduce((sum, z) => sum + z * z, 0) / zs.length);
    expect(Math.abs(spread - 1)).toBeLessThan(5 / Math.sqrt(2 * zs.length));
  });

  it('is a bound, not a number, as long as nobody has arrived', () => {
    const { mean, stderr, n, censored, moreThan } = exponentialMean({ ended: [], censored: [10, 10, 10] });
    expect([mean, stderr, n, censored]).toEqual([null, null, 0, 3]);
    // At this mean, a total time of 30 without arrivals has the chance 5 %.
    expect(Math.exp(-30 / moreThan!)).toBeCloseTo(0.05, 12);
    expect(moreThan).toBeCloseTo(10, 1);
    expect(exponentialMean({ ended: [], censored: [] }).moreThan).toBe(0);
  });
});

describe('survival curve', () => {
  it('agrees with a table worked by hand', () => {
    // Five walkers; one lost at 2 together with an arrival, one at 3.
    const curve = survivalCurve({ ended: [4, 1, 2], censored: [3, 2] });
    expect([...curve.time]).toEqual([0, 1, 2, 4]);
    expect([...curve.atRisk]).toEqual([5, 5, 4, 1]);
    expect([...curve.arrivals]).toEqual([0, 1, 1, 1]);
    [1, 0.8, 0.6, 0].forEach((value, i) => {
      expect(curve.survival[i]).toBeCloseTo(value, 12);
    });
    expect(curve.stderr[2]).toBeCloseTo(0.6 * Math.sqrt(1 / 20 + 1 / 12), 12);
    expect(curve.stderr[3]).toBeNaN();
    expect(curve.end).toBe(4);
  });

  it('without lost walkers has the binomial error, and ties fall together', () => {
    const { time, survival, stderr } = survivalCurve({ ended: [1, 1, 2, 3, 3, 3, 4, 5], censored: [] });
    expect([...time]).toEqual([0, 1, 2, 3, 4, 5]);
    survival.slice(0, -1).forEach((share, i) => {
      expect(stderr[i]).toBeCloseTo(Math.sqrt((share * (1 - share)) / 8), 12);
    });
  });

  it('covers the exact distribution, memoryless or not, with walkers lost', () => {
    const walkers = 5000;
    const limits = uniforms(walkers, 'limits').map((u) => 4 * u);
    const first = exponentials(walkers, 1, 'first stage');
    const twoStages = exponentials(walkers, 1, 'second stage').map((time, i) => time + first[i]);
    const distributions = [
      { times: first, survival: (t: number) => Math.exp(-t) },
      { times: twoStages, survival: (t: number) => (1 + t) * Math.exp(-t) },
    ];
    for (const { times, survival: exact } of distributions) {
      const { time, survival, stderr } = survivalCurve(watched(times, (i) => limits[i]));
      for (const t of [0.5, 1, 2, 3]) {
        const i = time.findLastIndex((step) => step <= t);
        expect(Math.abs(survival[i] - exact(t))).toBeLessThan(5 * stderr[i]);
      }
    }
  });
});

describe('restricted mean', () => {
  it('without lost walkers is the sample mean with its standard error', () => {
    const times = [3, 1, 4, 1, 5, 9, 2, 6];
    const { mean, stderr, horizon, remaining } = restrictedMean(
      survivalCurve({ ended: times, censored: [] }),
    );
    const average = times.reduce((a, b) => a + b) / 8;
    expect(mean).toBeCloseTo(average, 12);
    expect(stderr).toBeCloseTo(Math.sqrt(times.reduce((sum, t) => sum + (t - average) ** 2, 0)) / 8, 12);
    expect([horizon, remaining]).toEqual([9, 0]);
  });

  it('is the mean of min(time, horizon) under any distribution', () => {
    const walkers = 5000;
    const first = exponentials(walkers, 1, 'first stage');
    const times = exponentials(walkers, 1, 'second stage').map((time, i) => time + first[i]);
    const limits = uniforms(walkers, 'limits').map((u) => 1 + 5 * u);
    const seen = watched(times, (i) => limits[i]);
    const { mean, stderr, remaining } = restrictedMean(survivalCurve(seen), 3);
    // Integral of (1 + t) exp(-t) from 0 to 3.
    expect(Math.abs(mean - (2 - 5 * Math.exp(-3)))).toBeLessThan(5 * stderr);
    expect(Math.abs(remaining - 4 * Math.exp(-3))).toBeLessThan(0.05);
    // Two stages are not memoryless: the exponential mean of early arrivals is wrong, and the check says so.
    const early = watched(times, () => 1);
    const exponential = exponentialMean(early);
    expect((exponential.mean! - 2) / exponential.stderr!).toBeGreaterThan(5);
    expect(exponentialCheck(early)!.exponential).toBe(false);
  });

  it('does not reach beyond the longest time watched', () => {
    const curve = survivalCurve({ ended: [1], censored: [2, 2] });
    const { mean, horizon, remaining } = restrictedMean(curve, 100);
    expect(mean).toBeCloseTo(1 + 2 / 3, 12);
    expect(horizon).toBe(2);
    expect(remaining).toBeCloseTo(2 / 3, 12);
    expect(restrictedMean(survivalCurve({ ended: [], censored: [5] }))).toEqual({
      mean: 5,
      stderr: 0,
      horizon: 5,
      remaining: 1,
    });
    expect(restrictedMean(curve, 0.5).mean).toBeCloseTo(0.5, 12);
  });
});

describe('check of the exponential distribution', () => {
  it.each([
    ['nobody lost', () => Number.POSITIVE_INFINITY],
    ['two thirds lost at a common time', () => 0.4],
    ['half lost at random', (i: number, random: Float64Array) => random[i]],
  ])('rejects exponential times in 5 %% of all cases: %s', (_, limit) => {
    const runs = 1000;
    let rejected = 0;
    for (let run = 0; run < runs; run++) {
      const random = exponentials(60, 1, 'limits', run);
      const seen = watched(exponentials(60, 1, 'times', run), (i) => limit(i, random));
      if (!exponentialCheck(seen)!.exponential) rejected++;
    }
    expect(Math.abs(rejected / runs - 0.05)).toBeLessThan(5 * Math.sqrt((0.05 * 0.95) / runs));
  });

  it('measures a delay as its share of the mean', () => {
    const delayed = exponentials(4000, 1, 'delayed').map((time) => time + 0.25);
    const { distance, exponential } = exponentialCheck({ ended: delayed, censored: [] })!;
    expect(Math.abs(distance - 0.2)).toBeLessThan(0.03);
    expect(exponential).toBe(false);
  });

  it('says nothing about fewer than five arrivals', () => {
    expect(exponentialCheck({ ended: [1, 2, 3, 4], censored: [9, 9] })).toBeNull();
    expect(exponentialCheck({ ended: [1, 2, 3, 4, 5], censored: [] })).not.toBeNull();
  });
});

describe('barrier seen at discrete times', () => {
  it('moves away by the mean overshoot: exit of Brownian motion from an interval', () => {
    const [halfWidth, diffusion, dt, walkers] = [1, 0.5, 0.01, 10_000];
    const stream = new RandomStream(9, 'exit');
    const step = Math.sqrt(2 * diffusion * dt);
    const z = new Float64Array(4);
    const times = Float64Array.from({ length: walkers }, (_, walker) => {
      let n = 0;
      for (let x = 0; Math.abs(x) < halfWidth; n++) {
        if (n % 4 === 0) stream.normals(walker, n / 4, z);
        x += step * z[n % 4];
      }
      return n * dt;
    });
    // Not exponential: the standard error is that of a plain mean, which the survival curve gives.
    const { mean, stderr } = restrictedMean(survivalCurve({ ended: times, censored: [] }));
    const exitTime = (width: number) => width ** 2 / (2 * diffusion);
    const shifted = exitTime(halfWidth + discreteBarrierShift(diffusion, dt));
    expect(Math.abs(mean - shifted)).toBeLessThan(5 * stderr);
    // The wrong corrections: none, and half a step.
    expect((mean - exitTime(halfWidth)) / stderr).toBeGreaterThan(5);
    expect((mean - exitTime(halfWidth) - dt / 2) / stderr).toBeGreaterThan(5);
  });

  it('has the constant -zeta(1/2) / sqrt(2 pi)', () => {
    // zeta(1/2) from partial sums: sum of k^(-1/2) to n, less 2 sqrt(n) and the next Euler-Maclaurin terms.
    const n = 10_000;
    let zeta = -2 * Math.sqrt(n) - 1 / (2 * Math.sqrt(n)) + 1 / (24 * n ** 1.5);
    for (let k = 1; k <= n; k++) zeta += 1 / Math.sqrt(k);
    expect(discreteBarrierShift(0.5, 1)).toBeCloseTo(-zeta / Math.sqrt(2 * Math.PI), 10);
  });
});
