/** Systems whose distribution is known in closed form: what the quadrature says of them, and what walkers do where there is none. */
import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { binCenters } from '../numerics/results.ts';
import { SimulationRun } from '../sampling/simulation.ts';
import { parseQuery } from '../settings/query.ts';
import { Reference } from './reference.ts';

const experimentOf = (query: string) => parseQuery(query, families).experiment;

describe('free energies that follow from the form of the energy', () => {
  it.each<[string, string, (z: number) => number, readonly [number, number]]>([
    ['ring', 'cv=angle&kT=0.8', (z) => 2 * (1 - Math.cos(3 * z)), [-Math.PI, Math.PI]],
    ['half-moon', 'cv=slow&kT=0.8', (z) => 5 * (z * z - 1) ** 2, [-1.6, 1.6]],
    ['half-moon', 'cv=y2&kT=0.8', (z) => z * z, [-2.2, 2.2]],
    ['double-well', 'system.tilt=1&kT=0.8', (z) => 5 * (z * z - 1) ** 2 + z, [-1.7, 1.7]],
    ['washboard', 'kT=0.8', (z) => 2.5 * (1 - Math.cos(z)), [-Math.PI, Math.PI]],
  ])('%s?%s', async (system, query, energy, range) => {
    const { cv, F } = await new Reference(families).freeEnergy(experimentOf(`system=${system}&${query}`), 40);
    expect(cv).toEqual(binCenters(...range, 40));
    const expected = cv.map((z) => energy(z) / 0.8);
    const lowest = Math.min(...expected);
    for (const [i, value] of F.entries()) expect(Math.abs(value - (expected[i] - lowest))).toBeLessThan(1e-4);
  });
});

/** Mean and variance of each coordinate over the walkers at the end of a run, with their standard errors. */
async function endOf(query: string) {
  const run = await SimulationRun.create(families, experimentOf(query));
  await run.advance(Number.POSITIVE_INFINITY);
  const { values, dimension } = (await run.frame()).walkers;
  return Array.from({ length: dimension }, (_, d) => {
    const column = values.filter((_, i) => i % dimension === d);
    const n = column.length;
    const mean = column.reduce((a, b) => a + b, 0) / n;
    const variance = column.reduce((a, b) => a + (b - mean) ** 2, 0) / (n - 1);
    const fourth = column.reduce((a, b) => a + (b - mean) ** 4, 0) / n;
    return { mean, variance, errors: [Math.sqrt(variance / n), Math.sqrt((fourth - variance ** 2) / n)] };
  });
}

describe('processes without a potential', () => {
  it('of Ornstein and Uhlenbeck settle in a Gaussian that does not know of the rotation', async () => {
    const ends = await endOf('system=ornstein-uhlenbeck&walkers=4096&time=8&integrator.dt=0.001');
    for (const { mean, variance, errors } of ends) {
      // s^2 / (2 rate); the start is forgotten to e^-8.
      expect(Math.abs(mean) / errors[0]).toBeLessThan(4);
      expect(Math.abs(variance - 0.98) / errors[1]).toBeLessThan(4);
    }
  });

  it('of the drifting half-moon advance by 3 in a unit of time, above a fast variance of 1/2', async () => {
    const [y1, y2] = await endOf('system=half-moon-drift&walkers=4096&time=2&integrator.dt=0.0002');
    // y1 = x1 + x2^2 with <x1> = 3 t, var x1 = t, and x2 of variance 1/2 (1 % more at this time step).
    expect(Math.abs(y1.mean - (6 + 0.5)) / y1.errors[0]).toBeLessThan(4);
    expect(Math.abs(y1.variance - (2 + 0.5)) / y1.errors[1]).toBeLessThan(4);
    expect(Math.abs(y2.mean) / y2.errors[0]).toBeLessThan(4);
    expect(Math.abs(y2.variance - 0.5) / y2.errors[1]).toBeLessThan(4);
  });

  it('of Maier and Stein has the distribution of its potential where it has one', async () => {
    // alpha = mu = 1: U = (x^2 - 1)^2/4 + y^2 (1 + x^2)/2 and kT = s^2/2 = 1/2; <y^2 | x> = kT / (1 + x^2).
    const query = 'system=maier-stein&system.alpha=1&system.amplitude=1&walkers=4096&time=20';
    const [, y] = await endOf(query);
    const weights = Array.from({ length: 801 }, (_, i) => {
      const x = (i - 400) / 100;
      const p = Math.exp(-((x * x - 1) ** 2) / 2) / Math.sqrt(1 + x * x);
      return [p, (p * 0.5) / (1 + x * x)];
    });
    const [norm, square] = [0, 1].map((k) => weights.reduce((sum, w) => sum + w[k], 0));
    expect(Math.abs(y.variance - square / norm) / y.errors[1]).toBeLessThan(4);
  });

  it('of the driven double well visits both wells, and only by way of the chaos', async () => {
    const driven = await endOf('system=lorenz-driven&walkers=64&time=30&system.strength=0.1');
    expect(driven[0].variance).toBeGreaterThan(0.3);
    const alone = await endOf('system=lorenz-driven&walkers=64&time=5&system.strength=0');
    expect(alone[0].variance).toBeLessThan(1e-9);
  });
});
