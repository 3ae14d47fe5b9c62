import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { freeEnergyError } from '../metrics/free-energy-error.ts';
import { parseQuery } from '../settings/query.ts';
import { overBins } from './bins.ts';
import { Reference } from './reference.ts';

/** Integral of exp(-k x^2) from a to b by Simpson's rule on many parts. */
function gaussianIntegral(k: number, a: number, b: number): number {
  const parts = 2000;
  const h = (b - a) / parts;
  const at = (i: number) => Math.exp(-k * (a + i * h) ** 2);
  let sum = at(0) + at(parts);
  for (let i = 1; i < parts; i++) sum += (i % 2 === 1 ? 4 : 2) * at(i);
  return (sum * h) / 3;
}

describe('exact free energies of bins', () => {
  it('are those of Gaussian integrals where F rises by kT within a bin', () => {
    const k = 1000;
    const [bins, width] = [40, 0.05];
    const found = overBins([-1, 1], bins, (cv) => ({ cv, F: cv.map((x) => k * x * x) }));
    const integrals = Array.from({ length: bins }, (_, i) =>
      gaussianIntegral(k, -1 + i * width, -1 + (i + 1) * width),
    );
    const largest = Math.max(...integrals);
    for (const bin of [18, 19, 20, 21])
      expect(Math.abs(found.ofBins[bin] + Math.log(integrals[bin] / largest))).toBeLessThan(0.01);
    // At the centres F rises by 5 kT from one of these bins to the next, of the bins by less than 4.
    expect(found.F[21] - found.F[20]).toBeCloseTo(k * (0.075 ** 2 - 0.025 ** 2), 9);
    expect(found.ofBins[21] - found.ofBins[20]).toBeLessThan(found.F[21] - found.F[20] - 1);
  });

  it('are -log of the integral over the bin, in a system of two coordinates', async () => {
    const query =
      'system=custom&system.energy=1000*x^2%2B1000*y^2&system.xMin=-1&system.xMax=1&system.yMin=-1&system.yMax=1&kT=1';
    const { experiment, notices } = parseQuery(query, families);
    expect(notices).toEqual([]);
    const [low, high] = [-1, 1];
    const bins = 60;
    const exact = await new Reference(families).freeEnergy(experiment, bins);
    const width = exact.cv[1] - exact.cv[0];
    expect(exact.cv[0] - width / 2).toBeCloseTo(low, 9);
    expect(exact.cv[bins - 1] + width / 2).toBeCloseTo(high, 9);
    const integrals = Array.from(exact.cv, (x) => gaussianIntegral(1000, x - width / 2, x + width / 2));
    const F = Float64Array.from(integrals, (value) => -Math.log(value / Math.max(...integrals)));
    const estimate = { of: 'bin', cv: exact.cv, F } as const;
    expect(freeEnergyError(estimate, exact)?.rmse).toBeLessThan(1e-3);
    expect(freeEnergyError({ ...estimate, of: 'point' }, exact)?.rmse).toBeGreaterThan(0.05);
  });
});
