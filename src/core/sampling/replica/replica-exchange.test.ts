import { describe, expect, it } from 'vitest';
import { families } from '../../../catalog.ts';
import { RandomStream } from '../../numerics/random.ts';
import type { Families } from '../../settings/families.ts';
import { parseQuery } from '../../settings/query.ts';
import type { System } from '../../systems/contract.ts';
import { Lab } from '../lab.ts';
import { BiasRun } from '../run.ts';
import method from './replica-exchange.method.ts';
import { geometricLadder, TemperatureLadder } from './temperature-ladder.ts';

const SPRING = 4;
const harmonic: System = {
  ...families.systems['three-hole'],
  energy: `${SPRING}/2*(x^2 + y^2)`,
  facts: { minima: [{ name: 'middle', at: [0, 0], energy: 0 }], saddles: [] },
  start: 'middle',
  arrival: { minimum: 'middle', radius: 1 },
};
/** Two wells, one deeper by 2.4. */
const uneven: System = {
  ...harmonic,
  energy: '8*(x^2 - 1)^2 + 1.2*x + 2*y^2',
  facts: { minima: [{ name: 'left', at: [-1, 0], energy: -1.2 }], saddles: [] },
  start: 'left',
  arrival: { minimum: 'left', radius: 0.3 },
};
const laboratory: Families = { ...families, systems: { ...families.systems, harmonic, uneven } };
const experimentOf = (query: string) =>
  parseQuery(`station=bias&method=replica-exchange&${query}`, laboratory).experiment;
const findingOf = (query: string) => {
  const run = new BiasRun(laboratory, experimentOf(query));
  run.advance(Number.POSITIVE_INFINITY);
  const { finding } = run.frame();
  if (!finding) throw new Error('nothing found');
  return finding;
};

/** Mean of U / kT of the walkers at each temperature, which is 1 in two dimensions, with its standard error. */
function meansByTemperature(query: string): { mean: number; stderr: number }[] {
  const lab = new Lab(laboratory, experimentOf(query));
  const params = { replicas: 4, highestTemperature: 6, copies: 64, interval: 20, discard: 0.1 };
  const run = method.begin(lab, params);
  const temperatures = geometricLadder(lab.kT, params.highestTemperature, params.replicas);
  // The walkers of a copy at one moment are independent of each other and of all other copies.
  const means = Array.from({ length: params.copies }, () => new Float64Array(params.replicas));
  let frames = 0;
  for (const _ of run.steps()) {
    if (++frames <= 25) continue;
    const { walkers, of } = run.view();
    of.forEach((level, w) => {
      const [x, y] = walkers.values.subarray(2 * w, 2 * w + 2);
      means[Math.floor(w / params.replicas)][level] += ((SPRING / 2) * (x * x + y * y)) / temperatures[level];
    });
  }
  return Array.from(temperatures, (_, k) => {
    const values = means.map((sums) => sums[k] / (frames - 25));
    const mean = values.reduce((a, b) => a + b) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { mean, stderr: Math.sqrt(squares / (values.length * (values.length - 1))) };
  });
}

describe('replica exchange', () => {
  it.each(['mala', 'leimkuhler-matthews', 'baoab'])(
    'leaves exp(-U/kT) right at every temperature, with %s',
    (integrator) => {
      const dt = integrator === 'mala' ? 0.05 : 0.02;
      const found = meansByTemperature(
        `system=harmonic&kT=0.5&integrator=${integrator}&integrator.dt=${dt}&budget=2000000`,
      );
      for (const { mean, stderr } of found) expect(Math.abs((mean - 1) / stderr)).toBeLessThan(4);
    },
  );

  it('crosses a barrier of 8 kT and finds each of two unequal wells as deep as it is', () => {
    const { freeEnergy, weighted, warnings, figures } = findingOf(
      'system=uneven&kT=1&integrator.dt=0.002&budget=4000000',
    );
    expect(warnings).toEqual([]);
    expect(figures.roundTrips).toBeGreaterThan(100);
    const { cv, F } = freeEnergy!;
    const share = (weight: (i: number) => number, right: boolean) =>
      cv.reduce((sum, x, i) => sum + (x > 0 === right ? weight(i) : 0), 0);
    const found = (right: boolean) => share((i) => (F[i] < 20 ? Math.exp(-F[i]) : 0), right);
    const exact = (right: boolean) => share((i) => Math.exp(-8 * (cv[i] ** 2 - 1) ** 2 - 1.2 * cv[i]), right);
    const difference = Math.log(exact(false) / exact(true));
    expect(difference).toBeGreaterThan(2);
    expect(Math.abs(Math.log(found(false) / found(true)) - difference)).toBeLessThan(0.3);
    const sum = weighted?.logWeights.reduce((total, log) => total + Math.exp(log), 0);
    expect(sum).toBeCloseTo(1, 9);
    expect(weighted?.states.values.length).toBe(2 * (weighted?.logWeights.length ?? 0));
  });

  it('names temperatures that are too far apart, and offers more of them', () => {
    const { warnings, freeEnergy } = findingOf(
      'system=phi4-chain&system.sites=32&method.replicas=2&method.highestTemperature=20&budget=500000',
    );
    const found = warnings.find(({ id }) => id === 'disconnected');
    const { low, high } = found!.message.values as Record<string, number>;
    expect(low).toBeCloseTo(1, 6);
    expect(high).toBeCloseTo(20, 5);
    expect(found?.offer?.changes).toEqual({ 'method.replicas': 3 });
    expect(warnings.map(({ id }) => id)).toContain('few-samples');
    expect(freeEnergy?.F.some(Number.isFinite)).toBe(true);
  });

  it('spends the budget and no more, whatever it is', () => {
    for (const budget of [1000, 12_345, 100_001]) {
      const run = new BiasRun(laboratory, experimentOf(`system=harmonic&budget=${budget}`));
      run.advance(Number.POSITIVE_INFINITY);
      const { forceEvaluations, done } = run.frame();
      expect(done).toBe(true);
      expect(forceEvaluations).toBeLessThanOrEqual(budget);
      expect(forceEvaluations).toBeGreaterThan(budget - 24);
    }
  });

  it('is the same in one piece and in chunks', () => {
    const query = 'system=three-hole&budget=60000&seed=9';
    const pieces = new BiasRun(laboratory, experimentOf(query));
    for (let n = 1; !pieces.done; n = (n * 7) % 3001) pieces.advance(n);
    expect(pieces.frame().finding).toEqual(findingOf(query));
  });
});

describe('a ladder of temperatures', () => {
  it('swaps every pair in turn when energies ask for it, and counts journeys there and back', () => {
    const ladder = new TemperatureLadder(geometricLadder(1, 4, 3), 1, new RandomStream(1, 'ladder test'));
    // The lower the rung, the higher the energy: all swaps are accepted.
    for (let n = 0; n < 12; n++) {
      const energies = new Float64Array(3);
      ladder.level.forEach((level, w) => {
        energies[w] = -level;
      });
      ladder.exchange(energies);
    }
    expect(ladder.exchangeRates()).toEqual([1, 1]);
    // Three walkers go round on three rungs: a round trip of each takes six attempts.
    expect(Array.from(ladder.level)).toEqual([0, 1, 2]);
    expect(ladder.roundTrips).toBeGreaterThanOrEqual(4);
    expect(ladder.roundTrips).toBeLessThanOrEqual(6);
  });

  it('never swaps where the colder walker would pay far too much', () => {
    const ladder = new TemperatureLadder(geometricLadder(1, 4, 2), 3, new RandomStream(1, 'ladder test'));
    for (let n = 0; n < 10; n++) ladder.exchange(Float64Array.from([0, 500, 0, 500, 0, 500]));
    expect(ladder.exchangeRates()).toEqual([0]);
    expect(ladder.roundTrips).toBe(0);
  });
});
