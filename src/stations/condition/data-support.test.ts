import { expect, test } from 'vitest';
import { isThin, SUPPORT_BINS, supportOf } from './data-support.ts';

test('data in half of the range: the other half is thin', () => {
  const values = Float64Array.from({ length: 6000 }, (_, n) => -1 + n / 6000);
  const support = supportOf(values, [-1, 1]);
  expect(support.thin).toHaveLength(1);
  expect(support.thin[0][0]).toBeLessThan(0.04);
  expect(support.thin[0][1]).toBe(1);
  expect(isThin(support, 0.4)).toBe(true);
  expect(isThin(support, -0.4)).toBe(false);
  expect(support.shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
});

test('a gap between two wells, and both ends', () => {
  const values = Float64Array.from(
    { length: 5000 },
    (_, n) => (n % 2 === 0 ? -1 : 1) * (0.6 + (0.3 * n) / 5000),
  );
  const { thin } = supportOf(values, [-1.5, 1.5]);
  expect(thin).toHaveLength(3);
  expect(thin[0][0]).toBe(-1.5);
  expect(Math.abs(thin[1][0] + 0.6)).toBeLessThan(0.06);
  expect(Math.abs(thin[1][1] - 0.6)).toBeLessThan(0.06);
});

test('a handful of states in a bin is few, however few there are in all', () => {
  const values = Float64Array.from(
    { length: 2 * SUPPORT_BINS },
    (_, n) => ((n % SUPPORT_BINS) + 0.5) / SUPPORT_BINS,
  );
  expect(supportOf(values, [0, 1]).thin).toEqual([[0, 1]]);
});

test('without data everything is extrapolation', () => {
  expect(supportOf([], [0, 1]).thin).toEqual([[0, 1]]);
});
