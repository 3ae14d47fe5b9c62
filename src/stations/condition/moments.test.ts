import { expect, test } from 'vitest';
import { NormalDraws } from '../../core/generative/array-batch.ts';
import { RandomStream } from '../../core/numerics/random.ts';
import { momentsOf, SWEEP_VALUES, sweepValues } from './moments.ts';

test('moments of normal numbers are right within their errors, and the errors are those of theory', () => {
  const count = 20_000;
  const draws = new NormalDraws(new RandomStream(4, 'test states'), { first: 0, count, dimension: 1 });
  const { mean, meanError, variance, varianceError } = momentsOf(draws.next().map((z) => 1 + 2 * z));
  expect(Math.abs(mean - 1) / meanError).toBeLessThan(4);
  expect(Math.abs(variance - 4) / varianceError).toBeLessThan(4);
  expect(meanError).toBeCloseTo(2 / Math.sqrt(count), 3);
  expect(varianceError / (4 * Math.sqrt(2 / count))).toBeCloseTo(1, 1);
});

test('a sweep covers the range from the beginning, every value once', () => {
  const values = sweepValues([-1, 1]);
  expect(values).toHaveLength(SWEEP_VALUES);
  expect(new Set(values).size).toBe(SWEEP_VALUES);
  expect(Math.min(...values)).toBe(-1);
  expect(Math.max(...values)).toBe(1);
  const first = values.slice(0, 4).sort((a, b) => a - b);
  for (let k = 1; k < first.length; k++) expect(first[k] - first[k - 1]).toBeLessThan(1.4);
});
