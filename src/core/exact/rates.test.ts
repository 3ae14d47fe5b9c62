import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { parseQuery } from '../settings/query.ts';
import { Reference } from './reference.ts';

const reference = new Reference(families);
const rates = (query: string) => reference.rates(parseQuery(query, families).experiment);

describe('rates', () => {
  it('of the fast-slow double well: passage, relaxation, committor and the asymptotic distribution', async () => {
    const answer = await rates('system=fast-slow-double-well&target=1,0');
    expect(answer).not.toBeNull();
    const { meanFirstPassageTime, kramers, relaxationTimes, committor } = answer!;
    expect(meanFirstPassageTime! / 39.231).toBeCloseTo(1, 2);
    expect(relaxationTimes).toHaveLength(3);
    // Two equal wells: each way takes the mean first-passage time, and both together relax twice as fast.
    expect(Math.abs(relaxationTimes[0] / (meanFirstPassageTime! / 2) - 1)).toBeLessThan(0.02);
    expect(relaxationTimes[1] / relaxationTimes[0]).toBeLessThan(0.01);
    expect(kramers! / meanFirstPassageTime!).toBeGreaterThan(0.7);
    expect(kramers! / meanFirstPassageTime!).toBeLessThan(1.2);
    expect(Math.max(...committor!.values.filter(Number.isFinite))).toBe(1);
  });

  it('of wells in series: the time of the network tends to the exact one', async () => {
    const ratio = async (kT: number) => {
      const answer = await rates(`system=three-hole&kT=${kT}`);
      return answer!.kramers! / answer!.meanFirstPassageTime!;
    };
    const [warm, cold] = [await ratio(0.4), await ratio(0.2)];
    expect(Math.abs(cold - 1)).toBeLessThan(Math.abs(warm - 1));
    expect(Math.abs(cold - 1)).toBeLessThan(0.1);
  });

  it('are not given for paths with inertia and for Monte Carlo steps', async () => {
    expect(await rates('system=three-hole&integrator=baoab')).toBeNull();
    expect(await rates('system=three-hole&integrator=metropolis')).toBeNull();
  });
});
