import { expect, test } from 'vitest';
import { families } from '../../catalog.ts';
import { coordinate } from '../metrics/comparison.ts';
import { parseQuery } from '../settings/query.ts';
import { Reference } from './reference.ts';

const reference = new Reference(families);
const experimentOf = (query: string) => parseQuery(query, families).experiment;
const COUNT = 20_000;

test.each([
  ['system=three-hole&kT=0.6', [-1, 0.2, 1.5]],
  ['system=three-hole&kT=0.6&cv=y', [-0.5, 1.4]],
  ['system=half-moon&cv=slow', [-1, 0, 1.2]],
  ['system=ring&cv=angle', [-2, 0.4]],
] as const)('moments of both coordinates are those of exact states: %s', async (query, values) => {
  const experiment = experimentOf(query);
  const moments = await reference.conditionalMoments(experiment, Float64Array.from(values));
  for (const [k, at] of values.entries()) {
    const states = await reference.sample(experiment, COUNT, at);
    for (const d of [0, 1]) {
      const x = coordinate(states, d);
      const mean = moments.mean[d * values.length + k];
      const variance = moments.variance[d * values.length + k];
      const squares = x.map((v) => (v - mean) ** 2);
      const measured = squares.reduce((a, b) => a + b, 0) / COUNT;
      const fourth = squares.reduce((a, b) => a + b * b, 0) / COUNT;
      const off = x.reduce((a, b) => a + b - mean, 0) / COUNT;
      // Single precision of the states where the coordinate is the value itself.
      expect(Math.abs(off)).toBeLessThan(5 * Math.sqrt(variance / COUNT) + 1e-6);
      expect(Math.abs(measured - variance)).toBeLessThan(
        5 * Math.sqrt(Math.max(0, fourth - measured ** 2) / COUNT) + 1e-6,
      );
    }
  }
});

test('the moments of the stated coordinate are those of the conditional distribution', async () => {
  const experiment = experimentOf('system=half-moon&cv=slow');
  const distribution = await reference.conditional(experiment, 0.3);
  const d = distribution.coordinate === 'y1' ? 0 : 1;
  const moments = await reference.conditionalMoments(experiment, Float64Array.of(0.3));
  expect(moments.mean[d]).toBeCloseTo(distribution.mean, 4);
  expect(moments.variance[d]).toBeCloseTo(distribution.variance, 3);
});

test('where there are no states there are no moments', async () => {
  const experiment = experimentOf(
    `system=custom&system.energy=${encodeURIComponent('x^2+y^2')}&system.cv=${encodeURIComponent('x^2+y^2')}&cv=typed`,
  );
  const { mean } = await reference.conditionalMoments(experiment, Float64Array.of(-1, 1));
  expect(mean[0]).toBeNaN();
  expect(mean[1]).toBeCloseTo(0, 8);
});
