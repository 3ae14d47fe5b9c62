import { describe, expect, it } from 'vitest';
import { RandomStream } from '../numerics/random.ts';
import { CrossingCounter, crossings } from './crossings.ts';
import { exponentialMean } from './first-passage.ts';

const A = { low: Number.NEGATIVE_INFINITY, high: -0.5 };
const B = { low: 0.5, high: Number.POSITIVE_INFINITY };

/** Two-state walkers at -1 or 1 that leave A and B with these chances per frame, walker after walker, starting in A. */
function telegraph(leaveA: number, leaveB: number, frames: number, walkers: number): Float64Array {
  const stream = new RandomStream(21, 'telegraph');
  const out = new Float64Array(frames * walkers);
  const u = new Float64Array(4);
  for (let walker = 0; walker < walkers; walker++) {
    let state = -1;
    for (let t = 0; t < frames; t++) {
      out[walker * frames + t] = state;
      if (t % 4 === 0) stream.uniforms(walker, t / 4, u);
      if (u[t % 4] < (state < 0 ? leaveA : leaveB)) state = -state;
    }
  }
  return out;
}

describe('crossings', () => {
  it('counts entries into the other core only, with the stays between them', () => {
    //               A   .  A   .    B  .  .     B  A   .
    const series = [-1, 0, -1, 0.4, 1, 0, -0.4, 1, -1, 0];
    const { aToB, bToA, inA, inB, frames, frameInterval, unassigned } = crossings(series, A, B, 0.5);
    expect([aToB, bToA, unassigned, frames, frameInterval]).toEqual([1, 1, 0, 10, 0.5]);
    expect([...inA.ended]).toEqual([2]);
    expect([...inB.ended]).toEqual([2]);
    expect([...inA.censored]).toEqual([0.5]);
    expect([...inB.censored]).toEqual([]);
  });

  it('keeps walkers apart and waits until each has entered a core', () => {
    const series = [0, 0, 0, -1, 0, 1, 0, -1, -1, 1, 0, 1, 1, Number.NaN, 1, 1, 0, 0.1, 0.2, 0.3];
    const { aToB, bToA, inA, inB, unassigned } = crossings(series, A, B, 1, 5);
    expect([aToB, bToA, unassigned]).toEqual([1, 1, 1]);
    expect([...inA.ended]).toEqual([1]);
    expect([...inA.censored]).toEqual([0, 0]);
    expect([...inB.ended]).toEqual([2]);
    expect([...inB.censored]).toEqual([2, 3]);
  });

  it('gives the same answer frame by frame', () => {
    const [frames, walkers] = [500, 7];
    const series = telegraph(0.05, 0.1, frames, walkers);
    const counter = new CrossingCounter(A, B, walkers, 0.1);
    for (let t = 0; t < frames; t++) {
      counter.add(Float64Array.from({ length: walkers }, (_, w) => series[w * frames + t]));
    }
    expect(counter.result()).toEqual(crossings(series, A, B, 0.1, walkers));
  });

  it('refuses cores that overlap and walkers of unequal length', () => {
    expect(() => crossings([1], A, { low: -0.5, high: 2 }, 1)).toThrow(RangeError);
    expect(() => crossings([1, 1, 1], A, B, 1, 2)).toThrow(RangeError);
    expect(crossings([], A, B, 1)).toMatchObject({ frames: 0, aToB: 0, bToA: 0, unassigned: 1 });
  });

  it('rejects a count of sign changes: rattling on the barrier top is not a crossing', () => {
    const stream = new RandomStream(2, 'rattle');
    const rattling = new Float64Array(4000);
    for (let i = 0; i < rattling.length; i += 4) stream.uniforms(0, i / 4, rattling, i);
    const series = [-1, ...rattling.map((u) => u - 0.5), 1];
    const { aToB, bToA } = crossings(series, A, B, 1);
    expect([aToB, bToA]).toEqual([1, 0]);
    const signChanges = series.filter((x, i) => i > 0 && x * series[i - 1] < 0).length;
    expect(signChanges).toBeGreaterThan(1000);
  });
});

describe('a telegraph process', () => {
  const [leaveA, leaveB, frames, walkers] = [0.02, 0.05, 4001, 100];
  const series = telegraph(leaveA, leaveB, frames, walkers);

  it('has residence times 1 / (chance to leave) per frame, the stays that last on counted', () => {
    const { inA, inB } = crossings(series, A, B, 0.1, walkers);
    for (const [stays, chance] of [
      [inA, leaveA],
      [inB, leaveB],
    ] as const) {
      const { mean, stderr } = exponentialMean(stays);
      expect(Math.abs(mean! - 0.1 / chance)).toBeLessThan(5 * stderr!);
      expect(stderr! / mean!).toBeLessThan(0.02);
    }
  });

  it.each([1, 5, 20, 100])(
    'shows fewer crossings at longer intervals, as many as expected: every %i frames',
    (stride) => {
      const kept = series.filter((_, i) => (i % frames) % stride === 0);
      const { aToB, bToA, inA, inB, frameInterval } = crossings(kept, A, B, 0.1 * stride, walkers);
      expect(frameInterval).toBe(0.1 * stride);
      // Exact chances to be on the other side `stride` frames later.
      const mixed = 1 - (1 - leaveA - leaveB) ** stride;
      for (const [stays, count, share] of [
        [inA, aToB, leaveB / (leaveA + leaveB)],
        [inB, bToA, leaveA / (leaveA + leaveB)],
      ] as const) {
        const chance = (1 - share) * mixed;
        let time = 0;
        for (const stay of [...stays.ended, ...stays.censored]) time += stay;
        const looks = Math.round(time / frameInterval);
        expect(Math.abs(count - looks * chance)).toBeLessThan(5 * Math.sqrt(looks * chance * (1 - chance)));
      }
      // Real transitions per frame in equilibrium, and what is seen of them.
      const real = (leaveA * leaveB) / (leaveA + leaveB);
      const seen = aToB / (walkers * (frames - 1)) / real;
      if (stride >= 20) expect(seen).toBeLessThan(0.65);
      if (stride === 1) expect(Math.abs(seen - 1)).toBeLessThan(0.05);
    },
  );
});
