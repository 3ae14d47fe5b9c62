import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { parseQuery } from '../settings/query.ts';
import { settingOf } from '../systems/model.ts';
import { chainFreeEnergy, neighbourDistribution, transferOperatorOf } from './chain-distributions.ts';
import oracles from './chain-oracles.json';
import { exactDensity, spacing } from './density.ts';
import { conditionalDistribution, exactFreeEnergy } from './free-energy.ts';
import { Reference } from './reference.ts';

const experimentOf = (query: string) => parseQuery(`system=phi4-chain&${query}`, families).experiment;
const settingFor = (query: string) => settingOf(experimentOf(query), families);

/** The references are rounded to five decimals, and so are the differences to their minimum. */
const ROUNDING = 2e-5;

describe.each(oracles)('a ring of $sites sites', ({ sites, barrier, coupling, kT, at, ...expected }) => {
  const query = `system.sites=${sites}&system.barrier=${barrier}&system.coupling=${coupling}&kT=${kT}`;
  const setting = settingFor(query);

  it('has the free energy of an independent computation', () => {
    const { F } = chainFreeEnergy(setting, Float64Array.from(at));
    for (const [i, value] of expected.F.entries()) expect(Math.abs(F[i] - value)).toBeLessThan(ROUNDING);
  });

  it('has its conditional means of the neighbour and of the opposite site', () => {
    const operator = transferOperatorOf(setting.model, kT);
    const mean = (density: Float64Array) =>
      density.reduce((sum, p, k) => sum + p * operator.x[k] * spacing(operator.x), 0);
    for (const [i, z] of at.entries()) {
      expect(Math.abs(neighbourDistribution(setting, z).mean - expected.meanNeighbour[i])).toBeLessThan(
        ROUNDING,
      );
      const opposite = mean(operator.lawGiven(z, sites / 2));
      expect(Math.abs(opposite - expected.meanOppositeSite[i])).toBeLessThan(ROUNDING);
    }
  });
});

describe('two sites', () => {
  const query = 'system.sites=2&system.coupling=1.3&kT=0.6';
  const setting = settingFor(query);
  const density = exactDensity(setting.model, setting.kT);

  it('have the distributions of the quadrature in two dimensions', () => {
    const cv = Float64Array.of(-1.2, -0.7, 0, 0.4, 1);
    const [a, b] = [chainFreeEnergy(setting, cv).F, exactFreeEnergy(setting, density, cv).F];
    for (const [i, value] of a.entries()) expect(value).toBeCloseTo(b[i], 9);
    const [distribution, reference] = [
      neighbourDistribution(setting, 0.4),
      conditionalDistribution(setting, density, 0.4),
    ];
    expect(distribution.coordinate).toBe('phi2');
    expect(distribution.mean).toBeCloseTo(reference.mean, 9);
    expect(distribution.variance).toBeCloseTo(reference.variance, 9);
  });

  it('have their energy as the free energy of the pair', async () => {
    const { xs, ys, values } = await new Reference(families).landscape(experimentOf(query), 9, 7);
    const energy = (k: number) => setting.model.energyAt([xs[k % 9], ys[Math.floor(k / 9)]]);
    for (let k = 1; k < values.length; k++)
      expect(values[k] - values[0]).toBeCloseTo(energy(k) - energy(0), 9);
  });
});

describe('the pair of neighbours in a longer chain', () => {
  it('has the free energy of one site when the other is summed out', () => {
    const { model, kT } = settingFor('system.sites=5');
    const operator = transferOperatorOf(model, kT);
    const sites = Float64Array.of(-1, 0, 0.5);
    const pair = operator.pairFreeEnergy(sites, operator.x);
    const summed = [0, 1, 2].map((i) => {
      const terms = operator.x.map((_, j) => Math.exp(-pair[3 * j + i]));
      return -Math.log(terms.reduce((a, b) => a + b, 0));
    });
    const F = operator.freeEnergy(sites);
    for (const i of [1, 2]) expect(summed[i] - summed[0]).toBeCloseTo(F[i] - F[0], 9);
  });
});

describe('equilibrium states of a chain', () => {
  const count = 4000;
  const column = (values: Float32Array, sites: number, i: number) => values.filter((_, k) => k % sites === i);
  const standardError = (values: Float32Array, mean: number) =>
    Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0)) / values.length;
  const average = (values: Float32Array) => values.reduce((a, b) => a + b, 0) / values.length;

  it.each([2, 3, 8])(
    'of %i sites have the exact distributions of all sites given the first',
    async (sites) => {
      const query = `system.sites=${sites}&kT=0.9`;
      const { model, kT } = settingFor(query);
      const operator = transferOperatorOf(model, kT);
      const { x } = operator;
      const { values } = await new Reference(families).sample(experimentOf(query), count, 0.4);
      expect(column(values, sites, 0).every((v) => v === Math.fround(0.4))).toBe(true);
      for (let i = 1; i < sites; i++) {
        const distribution = operator.lawGiven(0.4, i);
        const [site, h] = [column(values, sites, i), spacing(x)];
        const exact = distribution.reduce((sum, p, k) => sum + p * x[k] * h, 0);
        expect(Math.abs(average(site) - exact) / standardError(site, exact)).toBeLessThan(4);
      }
    },
  );

  it('have every site alike, and its energy', async () => {
    const { model } = settingFor('');
    const { values } = await new Reference(families).sample(experimentOf(''), count, null);
    for (let i = 0; i < 8; i++) {
      const site = column(values, 8, i);
      expect(Math.abs(average(site)) / standardError(site, 0)).toBeLessThan(4);
    }
    // Equipartition: the mean of q . grad U is kT for every coordinate.
    const virials = Float32Array.from({ length: count }, (_, n) => {
      const q = [...values.subarray(8 * n, 8 * n + 8)];
      return model.gradientAt(q).reduce((sum, slope, i) => sum + slope * q[i], 0);
    });
    expect(Math.abs(average(virials) - 8) / standardError(virials, 8)).toBeLessThan(4);
  });
});

describe('the reference', () => {
  it('answers about the first site, and says what it does not know', async () => {
    const reference = new Reference(families);
    const { F } = await reference.freeEnergy(experimentOf('system.sites=32'), 20);
    expect(Math.min(...F)).toBe(0);
    expect(F[0]).toBeCloseTo(F[19], 9);
    const { coordinate } = await reference.conditional(experimentOf('system.sites=32'), 0.5);
    expect(coordinate).toBe('phi2');
    await expect(reference.freeEnergy(experimentOf('cv=mean'), 20)).rejects.toThrow(
      'exact-chain-needs-site {"cv":"mean of φ"}',
    );
  });
});
