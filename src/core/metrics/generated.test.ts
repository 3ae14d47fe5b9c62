import { describe, expect, test } from 'vitest';
import { families } from '../../catalog.ts';
import { Reference } from '../exact/reference.ts';
import type { Points } from '../numerics/results.ts';
import { parseQuery } from '../settings/query.ts';
import { settingOf } from '../systems/model.ts';
import { DENSITY_BINS } from './comparison.ts';
import { conditionalMetrics, generatedMetrics } from './generated.ts';

const { experiment } = parseQuery('system=three-hole&kT=0.6', families);
const reference = new Reference(families);
const COUNT = 2000;
const exactSamples = (seed: number, at: number | null) =>
  reference.sample({ ...experiment, seed }, COUNT, at);
const moved = ({ dimension, values }: Points, by: number): Points => ({
  dimension,
  values: values.map((v) => v + by),
});

describe('metrics of generated states', () => {
  test('exact ones are at the floor, displaced ones above it', async () => {
    const cells = await reference.cellProbabilities(experiment, DENSITY_BINS);
    const exact = { cells, domain: settingOf(experiment, families).model.system.domain };
    const [floor, other, states, training] = await Promise.all(
      [1, 2, 3, 4].map((seed) => exactSamples(seed, null)),
    );
    const samples = { floor, reference: other };
    const good = generatedMetrics(states, samples, exact, training);
    expect(good.js / good.jsFloor).toBeLessThan(1.15);
    // The energy distance of equal distributions scatters around 0, by about 1 / COUNT.
    expect(Math.abs(good.energyDistance)).toBeLessThan(4 / COUNT);
    expect(good.slicedW1).toBeLessThan(3 * good.slicedW1Floor);
    expect(Math.abs(good.twoSample - 0.5)).toBeLessThan(4 * 0.011);
    expect(Math.abs(good.twoSampleFloor - 0.5)).toBeLessThan(4 * 0.011);
    // Of 500 states a tenth, with the error of the threshold.
    expect(Math.abs(good.memorisation.share - 0.1)).toBeLessThan(4 * Math.sqrt((2 * 0.09) / 500));
    const bad = generatedMetrics(moved(states, 0.3), samples, exact, training);
    expect(bad.js).toBeGreaterThan(1.3 * bad.jsFloor);
    expect(bad.energyDistance).toBeGreaterThan(10 * Math.abs(bad.energyDistanceFloor));
    expect(bad.slicedW1).toBeGreaterThan(3 * bad.slicedW1Floor);
    expect(bad.twoSample).toBeGreaterThan(0.6);
    expect(generatedMetrics(training, samples, exact, training).memorisation.share).toBe(1);
  });

  test('conditional distributions: distance, its unit, the test and the miss', async () => {
    const at = 0;
    const distribution = await reference.conditional(experiment, at);
    const [floor, other, states] = await Promise.all([1, 2, 3].map((seed) => exactSamples(seed, at)));
    const samples = { floor, reference: other };
    const metrics = (points: Points) =>
      conditionalMetrics(points, samples, distribution, ['x', 'y'], {
        values: points.values.filter((_, i) => i % 2 === 0),
      });
    const good = metrics(states);
    expect(good.cvError).toBe(0);
    expect(good.ks.pValue).toBeGreaterThan(1e-3);
    expect(good.w1).toBeLessThan(4 * good.w1Floor);
    expect(good.standardised.w1).toBeCloseTo(good.w1 / Math.sqrt(distribution.variance), 12);
    const bad = metrics(moved(states, 0.2));
    expect(bad.cvError).toBeCloseTo(0.2, 6);
    expect(bad.w1).toBeCloseTo(0.2, 1);
    expect(bad.ks.pValue).toBeLessThan(1e-6);
    expect(bad.energyDistance).toBeGreaterThan(10 * Math.abs(bad.energyDistanceFloor));
  });
});
