import { describe, expect, it } from 'vitest';
import { families } from '../../../catalog.ts';
import { FREE_ENERGY_BINS } from '../../dynamics/walkers.ts';
import { Reference } from '../../exact/reference.ts';
import { freeEnergyError } from '../../metrics/free-energy-error.ts';
import type { Families } from '../../settings/families.ts';
import { parseQuery } from '../../settings/query.ts';
import type { System } from '../../systems/contract.ts';
import { BiasRun } from '../run.ts';

const harmonic: System = {
  ...families.systems['three-hole'],
  energy: '2*x^2 + 3*(y - x)^2',
  cvs: [{ id: 'x', label: 'x', value: 'x', range: [-1.8, 1.8] }],
  facts: { minima: [{ name: 'middle', at: [0, 0], energy: 0 }], saddles: [] },
  start: 'middle',
  arrival: { minimum: 'middle', radius: 1 },
};
const laboratory: Families = { ...families, systems: { ...families.systems, harmonic } };
const experimentOf = (query: string) =>
  parseQuery(`station=bias&method=steered&${query}`, laboratory).experiment;
const finished = (query: string) => {
  const run = new BiasRun(laboratory, experimentOf(query));
  run.advance(Number.POSITIVE_INFINITY);
  const frame = run.frame();
  if (!frame.finding) throw new Error('nothing found');
  return { ...frame, finding: frame.finding };
};
const exactly = (query: string) =>
  new Reference(laboratory).freeEnergy(experimentOf(query), FREE_ENERGY_BINS);

/** F of each bin less the mean of both over the bins below `ceiling`, in standard errors. */
async function deviations(query: string, ceiling: number): Promise<number[]> {
  const [{ finding }, exact] = [finished(query), await exactly(query)];
  const { F, stderr } = finding.freeEnergy ?? { F: new Float64Array(0), stderr: new Float64Array(0) };
  const share = (values: Float64Array) =>
    -Math.log(values.reduce((sum, value) => sum + (Number.isFinite(value) ? Math.exp(-value) : 0), 0));
  const shift = share(F) - share(exact.F);
  return [...F.keys()]
    .filter((b) => exact.F[b] < ceiling)
    .map((b) => (F[b] - shift - exact.F[b]) / stderr[b]);
}

const HARMONIC = 'system=harmonic&integrator=leimkuhler-matthews&integrator.dt=0.005&kT=1';

describe('steered pulling', () => {
  it.each(['1', '0'])('finds a harmonic free energy within its errors, backward %s', async (backward) => {
    const query = `${HARMONIC}&method.pulls=64&method.backward=${backward}&budget=1500000&seed=4`;
    const z = await deviations(query, 4);
    expect(z.length).toBeGreaterThan(40);
    // Neighbours are correlated: of a few dozen bins none is beyond four standard errors.
    for (const value of z) expect(Math.abs(value)).toBeLessThan(4);
  });

  it('knows the work of a harmonic pull: as much at one end as at the other', () => {
    const { figures, warnings } = finished(`${HARMONIC}&method.pulls=64&budget=1500000`).finding;
    const { bennett, bennettError, dissipatedForward } = figures as Record<string, number>;
    expect(Math.abs(bennett / bennettError)).toBeLessThan(4);
    expect(dissipatedForward).toBeGreaterThan(0);
    expect(warnings).toEqual([]);
  });

  it('is where it began after once round a ring', () => {
    const { figures } = finished('system=ring&budget=1000000').finding;
    const { bennett, bennettError } = figures as Record<string, number>;
    expect(bennettError).toBeLessThan(1);
    expect(Math.abs(bennett / bennettError)).toBeLessThan(4);
  });

  it('crosses a barrier of 8 kT from one basin', async () => {
    const query = 'system=fast-slow-double-well&system.barrier=8&budget=2000000';
    const { finding, forceEvaluations } = finished(query);
    expect(
      freeEnergyError(finding.freeEnergy ?? (await exactly(query)), await exactly(query))?.rmse,
    ).toBeLessThan(0.5);
    expect(finding.freeEnergy).not.toBeNull();
    expect(forceEvaluations).toBeGreaterThan(2_000_000 - 16);
  });

  it('says that few pulls dominate where all are too fast, and offers slower ones', () => {
    const query = 'system=fast-slow-double-well&system.barrier=8&budget=30000';
    const { warnings, freeEnergy } = finished(query).finding;
    expect(freeEnergy).toBeNull();
    const found = warnings.find(({ id }) => id === 'dominated');
    expect(found?.message).toMatchObject({ id: 'few-pulls-dominate', values: { pulls: 16 } });
    expect(found?.offer?.changes).toEqual({ budget: 120_000 });
    expect(warnings.map(({ id }) => id)).toContain('hysteresis');
  });

  it('says that a budget does not hold so many pulls', () => {
    const { warnings, freeEnergy } = finished('system=harmonic&method.pulls=4096&budget=20000').finding;
    expect(freeEnergy).toBeNull();
    expect(warnings.map(({ id }) => id)).toEqual(['few-samples']);
  });

  it('refuses a spring that the time step does not carry', () => {
    const query = 'system=fast-slow-double-well&method.springConstant=5000';
    expect(() => new BiasRun(laboratory, experimentOf(query))).toThrow(/pull-spring-too-stiff.*5000/);
    expect(() => new BiasRun(laboratory, experimentOf(`${query}&integrator.dt=0.00005`))).not.toThrow();
  });

  it('spends the budget and no more, whatever it is', () => {
    for (const budget of [1000, 12_345, 100_001]) {
      const { forceEvaluations, done } = finished(`system=harmonic&budget=${budget}`);
      expect(done).toBe(true);
      expect(forceEvaluations).toBeLessThanOrEqual(budget);
      expect(forceEvaluations).toBeGreaterThan(budget - 16);
    }
  });

  it('is the same in one piece and in chunks', () => {
    const query = 'system=three-hole&budget=60000&seed=9';
    const pieces = new BiasRun(laboratory, experimentOf(query));
    for (let n = 1; !pieces.done; n = (n * 7) % 3001) pieces.advance(n);
    expect(pieces.frame().finding).toEqual(finished(query).finding);
  });
});
