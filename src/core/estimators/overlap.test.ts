import { describe, expect, it } from 'vitest';
import { LEAST_OVERLAP, overlapVerdict } from './overlap.ts';

/** Overlap matrix of windows that share `shared[k]` of their samples with the next one. */
function ladder(shared: readonly number[]): Float64Array {
  const states = shared.length + 1;
  const out = new Float64Array(states * states);
  for (let i = 0; i < states; i++) {
    const [left, right] = [i > 0 ? shared[i - 1] : 0, shared[i] ?? 0];
    if (i > 0) out[i * states + i - 1] = left;
    if (i < states - 1) out[i * states + i + 1] = right;
    out[i * states + i] = 1 - left - right;
  }
  return out;
}

const sizes = (states: number) => Array.from({ length: states }, () => 100);

describe('overlap verdict', () => {
  it('has the spectral gap of two windows, 2 O_12', () => {
    const { spectralGap, groups } = overlapVerdict(ladder([0.2]), sizes(2));
    expect(spectralGap).toBeCloseTo(0.4, 12);
    expect(groups).toEqual([[0, 1]]);
  });

  it('has the spectral gap of a long ladder, 2 s (1 - cos(pi / K))', () => {
    const { spectralGap, groups, cuts } = overlapVerdict(ladder(new Array(39).fill(0.2)), sizes(40));
    expect(spectralGap).toBeCloseTo(0.4 * (1 - Math.cos(Math.PI / 40)), 10);
    // A gap this small is the length of the ladder, not a hole in it: the gap alone would be the wrong judge.
    expect(spectralGap).toBeLessThan(LEAST_OVERLAP / 10);
    expect(groups).toHaveLength(1);
    expect(cuts[0].strength).toBeCloseTo(0.2, 10);
  });

  it('names the windows on both sides of one gap, and of two', () => {
    const one = overlapVerdict(ladder([0.2, 0.2, 0.001, 0.2]), sizes(5));
    expect(one.groups).toEqual([
      [0, 1, 2],
      [3, 4],
    ]);
    expect(one.cuts).toHaveLength(1);
    expect(one.cuts[0]).toEqual({ below: [0, 1, 2], above: [3, 4], strength: expect.closeTo(0.001, 10) });
    const two = overlapVerdict(ladder([0.2, 0, 0.2, 0, 0.2]), sizes(6));
    expect(two.groups).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
    expect(two.spectralGap).toBeCloseTo(0, 12);
    expect(two.cuts).toHaveLength(2);
  });

  it('does not mistake many windows with little overlap each for gaps', () => {
    const states = 60;
    const dense = new Float64Array(states * states).fill(1 / states);
    expect(dense[1]).toBeLessThan(LEAST_OVERLAP);
    expect(overlapVerdict(dense, sizes(states)).groups).toHaveLength(1);
  });

  it('counts a window that nothing overlaps, and leaves out those without samples', () => {
    const { groups, unsampled } = overlapVerdict(Float64Array.of(1, 0, 0, 0, 0, 0, 0, 0, 1), [50, 0, 70]);
    expect(groups).toEqual([[0], [2]]);
    expect(unsampled).toEqual([1]);
    expect(overlapVerdict(new Float64Array(1), [0]).groups).toEqual([]);
    expect(overlapVerdict(Float64Array.of(1), [9])).toMatchObject({
      spectralGap: 1,
      groups: [[0]],
      cuts: [],
    });
  });

  it('works with windows of different sizes', () => {
    // 10 shared samples of 100 and of 1000.
    const { cuts, spectralGap } = overlapVerdict(Float64Array.of(0.9, 0.1, 0.01, 0.99), [100, 1000]);
    expect(cuts[0].strength).toBeCloseTo(0.1, 12);
    expect(spectralGap).toBeCloseTo(0.11, 12);
  });
});
