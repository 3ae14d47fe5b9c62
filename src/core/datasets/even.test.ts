import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { Reference } from '../exact/reference.ts';
import { sampleWasserstein } from '../metrics/sliced-wasserstein.ts';
import { wasserstein1 } from '../metrics/wasserstein.ts';
import { parseQuery } from '../settings/query.ts';
import { trainingData } from './training-data.ts';

const of = (text: string) => parseQuery(`station=condition&data=even&${text}`, families).experiment;

describe('states spread evenly along the slow variable', () => {
  it.each(['system=three-hole&kT=0.6&data.n=4000', 'system=half-moon&cv=slow&data.n=4000'])(
    '%s',
    async (text) => {
      const experiment = of(text);
      const { points } = await trainingData(experiment, families);
      const hidden = text.includes('half-moon');
      const cv = Array.from({ length: 4000 }, (_, n) => {
        const [a, b] = points.values.subarray(2 * n, 2 * n + 2);
        return hidden ? a - b * b : a;
      });
      const [low, high] = hidden ? [-1.6, 1.6] : [-2, 2];
      const even = cv.map((_, n) => low + ((high - low) * (n + 0.5)) / cv.length);
      expect(sampleWasserstein(cv, even)).toBeLessThan((high - low) / 100);
      // Near one value the other coordinate follows its distribution; the slab is so thin that the distribution hardly changes in it.
      const near = [...cv.keys()].filter((n) => Math.abs(cv[n] - 0.5) < 0.1);
      const distribution = await new Reference(families).conditional(experiment, 0.5);
      const other = near.map((n) => points.values[2 * n + 1]);
      const spread = Math.sqrt(distribution.variance);
      expect(distribution.coordinate).toBe(hidden ? 'y2' : 'y');
      expect(wasserstein1(other, distribution) / spread).toBeLessThan(4 / Math.sqrt(near.length));
    },
  );

  it('come from the seed', async () => {
    const text = 'system=three-hole&kT=0.6&data.n=300';
    const values = async (extra: string) => [
      ...(await trainingData(of(text + extra), families)).points.values,
    ];
    expect(await values('')).toEqual(await values(''));
    expect(await values('&seed=2')).not.toEqual(await values(''));
  });
});
