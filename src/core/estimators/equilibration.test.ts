import { describe, expect, it } from 'vitest';
import { RandomStream } from '../numerics/random.ts';
import { equilibration, varianceRatioScore, walkersAgree } from './equilibration.ts';
import { correlated } from './window-models.fixture.ts';

const FRAMES = 1000;

function series(
  seed: number,
  walkers: number,
  memory: number,
  add: (walker: number, frame: number) => number,
) {
  const stream = new RandomStream(seed, 'equilibration test');
  return Float64Array.from(
    Array.from({ length: walkers }, (_, w) =>
      Array.from(correlated(stream, w, FRAMES, memory), (z, t) => z + add(w, t)),
    ).flat(),
  );
}

describe('equilibration', () => {
  it('throws away a start that is remembered, and little of a stationary series', () => {
    let kept = 0;
    for (let seed = 0; seed < 20; seed++) {
      const relaxing = equilibration(
        series(seed, 4, 0.8, (_, t) => 10 * Math.exp(-t / 60)),
        4,
      );
      // 10 exp(-t/60) is below the noise of a walker's independent samples from about t = 150 to 300.
      expect(relaxing.start).toBeGreaterThan(100);
      expect(relaxing.start).toBeLessThan(500);
      kept +=
        FRAMES -
        equilibration(
          series(seed, 4, 0.8, () => 0),
          4,
        ).start;
    }
    expect(kept / 20 / FRAMES).toBeGreaterThan(0.85);
  });

  it('knows the effective number of what is left', () => {
    const { effectiveSamples, statisticalInefficiency } = equilibration(
      series(1, 8, 0.8, () => 0),
      8,
    );
    expect(statisticalInefficiency).toBeGreaterThan(7);
    expect(statisticalInefficiency).toBeLessThan(11);
    expect(effectiveSamples).toBeLessThan((8 * FRAMES) / 7);
  });
});

describe('agreement of walkers', () => {
  it('scores like a normal number when there is nothing to see, and high when there is', () => {
    const scores = Array.from({ length: 200 }, (_, seed) => {
      const found = walkersAgree(
        series(seed, 4, 0.8, () => 0),
        4,
        [0, 1, 0, 1],
      );
      return found ? Math.max(found.score, found.sides) : Number.NaN;
    });
    const above = (limit: number) => scores.filter((score) => score > limit).length;
    // The larger of two scores: above 2 in less than about 5 % of the cases.
    expect(above(2)).toBeLessThan(20);
    expect(above(4)).toBe(0);
    const apart = walkersAgree(
      series(3, 4, 0.8, (w) => w % 2),
      4,
      [0, 1, 0, 1],
    );
    expect(apart?.sides).toBeGreaterThan(5);
    expect(apart?.sidesShare).toBeGreaterThan(0.8);
  });

  it('has the tail of the F distribution', () => {
    // Upper 0.1 % points of F(3, 20) and F(1, 30) of the usual tables: 8.10 and 13.29; z = 3.09.
    expect(varianceRatioScore(8.1, 3, 20)).toBeCloseTo(3.09, 1);
    expect(varianceRatioScore(13.29, 1, 30)).toBeCloseTo(3.09, 0);
  });

  it('does not judge what is too short or never moves', () => {
    expect(walkersAgree([1, 1, 1, 1], 2, [0, 1])).toBeNull();
    expect(walkersAgree([1, 2, 3], 1, [0])).toBeNull();
  });
});
