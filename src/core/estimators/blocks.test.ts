import { describe, expect, it } from 'vitest';
import { RandomStream } from '../numerics/random.ts';
import { blockingCurve, blockingEstimate, blockStandardError } from './blocks.ts';

/** Stationary autoregressive walks of unit variance, walker after walker. */
function autoregressive(phi: number, frames: number, walkers = 1): Float64Array {
  const stream = new RandomStream(5, 'blocks test');
  const out = new Float64Array(walkers * frames);
  for (let walker = 0; walker < walkers; walker++) {
    const z = new Float64Array(Math.ceil(frames / 4) * 4);
    for (let i = 0; i < frames; i += 4) stream.normals(walker, i / 4, z, i);
    for (let t = 1; t < frames; t++) z[t] = phi * z[t - 1] + Math.sqrt(1 - phi * phi) * z[t];
    out.set(z.subarray(0, frames), walker * frames);
  }
  return out;
}

/** sqrt(g / n), the standard error of the mean of such a walk. */
function exactError(phi: number, n: number): number {
  return Math.sqrt((1 + phi) / (1 - phi) / n);
}

describe('standard error from a number of blocks', () => {
  it('is the spread of the block means, leftovers dropped at the beginning', () => {
    // Blocks (2, 4), (6, 10): means 3 and 8.
    expect(blockStandardError([100, 2, 4, 6, 10], 2)).toBeCloseTo(2.5, 12);
    // Two walkers of one block each: the same means.
    expect(blockStandardError([2, 4, 6, 10], 1, 2)).toBeCloseTo(2.5, 12);
    // Two walkers of two blocks each, the first frame of each dropped: means 1, 2, 3, 4.
    expect(blockStandardError([9, 1, 2, 9, 3, 4], 2, 2)).toBeCloseTo(Math.sqrt(5 / 12), 12);
  });

  it('is null where there is no spread to see', () => {
    expect(blockStandardError([1, 2, 3], 1)).toBeNull();
    expect(blockStandardError([1, 2, 3], 4)).toBeNull();
    expect(blockStandardError([], 2)).toBeNull();
    expect(() => blockStandardError([1, 2, 3], 1, 2)).toThrow(RangeError);
  });

  it('of an autoregressive walk is sqrt(g / n) if blocks are long, too small if they are not', () => {
    const [phi, n] = [0.9, 200_000];
    const series = autoregressive(phi, n);
    const relative = (blocks: number) => blockStandardError(series, blocks)! / exactError(phi, n) - 1;
    expect(Math.abs(relative(200))).toBeLessThan(5 / Math.sqrt(2 * 199));
    // The wrong estimator takes frames for independent samples.
    expect(relative(n)).toBeLessThan(-5 / Math.sqrt(2 * (n - 1)));
    expect(relative(n)).toBeCloseTo(1 / Math.sqrt(19) - 1, 1);
  });
});

describe('blocking curve', () => {
  it('follows the exact error of every block size', () => {
    const [phi, n] = [0.9, 2 ** 17];
    const { blockSize, blocks, stderr, error } = blockingCurve(autoregressive(phi, n));
    expect(blockSize).toHaveLength(17);
    // As long as blocks are short, their squares are correlated, which `error` does not know.
    const correlated = Math.sqrt((1 + phi ** 2) / (1 - phi ** 2));
    blockSize.forEach((size, level) => {
      let g = 1;
      for (let t = 1; t < size; t++) g += 2 * (1 - t / size) * phi ** t;
      expect(blocks[level]).toBe(n / size);
      expect(Math.abs(stderr[level] - Math.sqrt(g / n))).toBeLessThan(5 * error[level] * correlated);
    });
  });

  it('has levels of known value, walkers kept apart', () => {
    const { blockSize, blocks, stderr, error } = blockingCurve([7, 0, 2, 7, 4, 6], 2);
    expect([...blockSize]).toEqual([1, 2]);
    expect([...blocks]).toEqual([6, 2]);
    expect(stderr[1]).toBeCloseTo(2, 12); // Means 1 and 5.
    expect(error[1]).toBeCloseTo(2 / Math.sqrt(2), 12);
    expect(blockingCurve([1]).blockSize).toHaveLength(0);
    expect(blockingCurve([]).blockSize).toHaveLength(0);
  });
});

describe('automatic block size', () => {
  it.each([0, 0.5, 0.9, 0.98])('gives sqrt(g / n) within its own error, phi = %f', (phi) => {
    const n = 200_000;
    const { stderr, error, blockSize } = blockingEstimate(autoregressive(phi, n))!;
    expect(Math.abs(stderr - exactError(phi, n))).toBeLessThan(5 * error);
    expect(error / stderr).toBeLessThan(0.1);
    expect(blockSize).toBeGreaterThan((1 + phi) / (1 - phi));
  });

  it('falls back on whole walkers when every one is too short for its memory', () => {
    const [walkers, frames] = [200, 100];
    const series = Float64Array.from({ length: walkers * frames }, (_, i) => Math.floor(i / frames) % 2);
    const estimate = blockingEstimate(series, walkers)!;
    expect(estimate.blocks).toBe(walkers);
    expect(estimate.blockSize).toBe(frames);
    // Half of the walkers in each of two places a distance 1 apart.
    expect(estimate.stderr).toBeCloseTo(0.5 / Math.sqrt(walkers - 1), 12);
  });

  it('refuses a series that is constant or too short for its memory', () => {
    expect(blockingEstimate(new Float64Array(1000).fill(0.1))).toBeNull();
    expect(blockingEstimate(Float64Array.from({ length: 1000 }, (_, i) => (i < 500 ? -1 : 1)))).toBeNull();
    expect(blockingEstimate([1, 2])).toBeNull();
    expect(blockingEstimate([])).toBeNull();
  });
});
