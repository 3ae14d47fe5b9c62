import { describe, expect, it } from 'vitest';
import { RandomStream } from '../numerics/random.ts';
import { bennett, crooksCrossing, jarzynski, workMoments } from './work.ts';

const DF = 3;

/** Gaussian work: Crooks' theorem holds exactly if the means are +-dF + variance / 2. */
function pulls(count: number, sigma: number, seed: number, direction: 1 | -1, dF = DF): Float64Array {
  const stream = new RandomStream(seed, 'work test');
  const out = new Float64Array(Math.ceil(count / 4) * 4);
  for (let i = 0; i < count; i += 4) stream.normals(direction + 1, i / 4, out, i);
  return out.subarray(0, count).map((z) => direction * dF + sigma ** 2 / 2 + sigma * z);
}

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed);
const rms = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
/** rms of n standard normals is within 1 +- 4 / sqrt(2 n). */
const allowed = 4 / Math.sqrt(2 * SEEDS.length);

describe('work of pulls', () => {
  it('is Gaussian in these tests with dF = <W> - variance / 2', () => {
    const { mean, variance } = workMoments(pulls(100_000, 1.2, 1, 1));
    const stderr = Math.sqrt(variance / 1e5 + variance ** 2 / 2e5);
    expect(Math.abs(mean - variance / 2 - DF)).toBeLessThan(4 * stderr);
  });
});

describe('the estimate of Jarzynski', () => {
  it('is dF, with error bars that hold over seeds, in both directions', () => {
    for (const direction of [1, -1] as const) {
      const z = SEEDS.map((seed) => {
        const { value, stderr } = jarzynski(pulls(4000, 1, seed, direction));
        return (value - direction * DF) / stderr;
      });
      expect(Math.abs(rms(z) - 1)).toBeLessThan(allowed);
    }
  });

  it('is the work itself if all pulls did the same, and knows of one that dominates', () => {
    expect(jarzynski([2, 2, 2, 2])).toEqual({ value: 2, stderr: 0, effective: 4 });
    expect(jarzynski([0, 30, 30, 30]).effective).toBeCloseTo(1, 9);
    expect(jarzynski([2]).stderr).toBeNaN();
  });
});

describe("Bennett's acceptance ratio", () => {
  it('is dF, with error bars that hold over seeds, for unequal numbers of pulls', () => {
    for (const [forward, backward] of [
      [300, 300],
      [600, 150],
    ]) {
      const found = SEEDS.map((seed) => bennett(pulls(forward, 2, seed, 1), pulls(backward, 2, seed, -1)));
      const z = found.map(({ value, stderr }) => (value - DF) / stderr);
      expect(Math.abs(rms(z) - 1)).toBeLessThan(allowed);
    }
  });

  it('errs less than either direction alone where much is dissipated', () => {
    const sigma = 3;
    const both = SEEDS.map((seed) => bennett(pulls(100, sigma, seed, 1), pulls(100, sigma, seed, -1)).value);
    const one = SEEDS.map((seed) => jarzynski(pulls(200, sigma, seed, 1)).value);
    expect(rms(both.map((value) => value - DF))).toBeLessThan(0.5 * rms(one.map((value) => value - DF)));
  });

  it('is the middle of mirrored work, however far apart the directions are', () => {
    const forward = pulls(64, 1, 5, 1, 0);
    expect(bennett(forward, forward).value).toBeCloseTo(0, 9);
    const apart = forward.map((w) => w + 400);
    expect(bennett(apart, apart).value).toBeCloseTo(0, 6);
    expect(bennett(forward, []).value).toBeNaN();
  });
});

describe('the crossing of the two distributions of work', () => {
  it('is at dF', () => {
    const sigma = 2;
    const crossing = (seed: number) =>
      crooksCrossing(pulls(4000, sigma, seed, 1), pulls(4000, sigma, seed, -1));
    const values = SEEDS.map(crossing);
    const mean = values.reduce((a, b) => a + b) / values.length;
    const spread = rms(values.map((value) => value - mean));
    expect(Math.abs(mean - DF)).toBeLessThan((4 * spread) / Math.sqrt(values.length));
    expect(spread).toBeLessThan(0.2);
  });

  it('of distributions of unequal width is where the fitted normal densities are equal', () => {
    const forward = [3, 4, 5, 6, 7];
    const backward = [-2, -1, 0, 1].map((w) => w / 2);
    const density = ({ mean, variance }: { mean: number; variance: number }, w: number) =>
      Math.exp(-((w - mean) ** 2) / (2 * variance)) / Math.sqrt(variance);
    const [f, b] = [workMoments(forward), workMoments(backward.map((w) => -w))];
    const crossing = crooksCrossing(forward, backward);
    expect(crossing).toBeGreaterThan(b.mean);
    expect(crossing).toBeLessThan(f.mean);
    expect(density(f, crossing) / density(b, crossing)).toBeCloseTo(1, 10);
  });

  it('of distributions of equal width is halfway', () => {
    const forward = [1, 2, 3].map((w) => w + 2);
    const backward = [-1, -2, -3].map((w) => w + 2);
    expect(crooksCrossing(forward, backward)).toBeCloseTo(2, 12);
  });
});
