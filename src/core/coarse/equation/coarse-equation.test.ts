/**
 * The coarse equation with a diffusion that depends on the place, against references that share nothing with it: the density that
 * its drift was made from, and a random walk on a line of sites.
 */
import { describe, expect, it } from 'vitest';
import { linspace } from '../../numerics/results.ts';
import { CoarseEquation } from './coarse-equation.ts';

const RANGE = [-1.6, 1.6] as const;

/** F in kT, a tilted double well. */
const F = (z: number) => 3 * (z * z - 1) ** 2 + 0.8 * z;
const slopeOfF = (z: number) => 12 * z * (z * z - 1) + 0.8;
const D = (z: number) => 0.5 + 0.4 * Math.tanh(2 * z) + 0.2 * z * z;
const slopeOfD = (z: number) => 0.8 * (1 - Math.tanh(2 * z) ** 2) + 0.4 * z;

/** b = D' - D F' leaves exp(-F) where it is, whatever D. */
const equation = new CoarseEquation(
  { at: (z) => slopeOfD(z) - D(z) * slopeOfF(z), slope: () => Number.NaN },
  { at: D, slope: slopeOfD },
  { range: RANGE, periodic: false },
);

/**
 * Mean time from one end's wall over `from` to `to` on sites of distance h: neighbours exchange at D(middle) / h^2
 * exp(-(difference of F) / 2). The time from a site to the next follows from that from the site before.
 */
function timeOnSites(from: number, to: number, sites: number): number {
  const wall = to > from ? RANGE[0] : RANGE[1];
  const step = (to - wall) / sites;
  const rate = (z: number, by: number) => (D(z + by / 2) / step ** 2) * Math.exp(-(F(z + by) - F(z)) / 2);
  let [total, next] = [0, 0];
  for (let i = 0; i < sites; i++) {
    const z = wall + i * step;
    next = (1 + (i > 0 ? rate(z, -step) * next : 0)) / rate(z, step);
    if ((z - from) * Math.sign(step) > -1e-9) total += next;
  }
  return total;
}

describe('the coarse equation with a diffusion of the place', () => {
  it('has the stationary density that its drift was made from', () => {
    const z = linspace(...RANGE, 41);
    const log = equation.logDensity(z);
    log.forEach((value, i) => {
      expect(value - log[20]).toBeCloseTo(F(z[20]) - F(z[i]), 5);
    });
  });

  it('has that density in shares of bins', () => {
    const fine = linspace(...RANGE, 20_001);
    const weights = fine.map((z) => Math.exp(-F(z)));
    const total = weights.reduce((a, b) => a + b, 0);
    equation.shares(8).forEach((share, bin) => {
      const inside = weights.slice(2500 * bin, 2500 * (bin + 1)).reduce((a, b) => a + b, 0);
      expect(Math.abs(share - inside / total)).toBeLessThan(2e-4);
    });
  });

  it.each([
    [-1, 1],
    [1, -1],
    [-1, 0.2],
  ])('takes from %f to %f the time of a walk on sites', (from, to) => {
    const [coarse, fine] = [1000, 2000].map((sites) => timeOnSites(from, to, sites));
    const exact = fine + (fine - coarse) / 3;
    expect(equation.meanFirstPassageTime(from, to) / exact).toBeCloseTo(1, 2);
  });
});
