import { expect, it } from 'vitest';
import { RandomStream } from '../numerics/random.ts';
import { differentRows, drawOnce, drawRows } from './draw.ts';

it('draws rows as often as their probabilities say', () => {
  const probabilities = Float64Array.of(0, 1, 2, 5, 0, 2, 0);
  const counts = new Float64Array(7);
  for (const row of drawRows(probabilities, 1000, new RandomStream(1, 'test'))) counts[row]++;
  // Strata leave each count within one or two of its mean.
  [0, 100, 200, 500, 0, 200, 0].forEach((expected, row) => {
    expect(Math.abs(counts[row] - expected)).toBeLessThanOrEqual(expected === 0 ? 0 : 2);
  });
});

it('has no preference for a place in the rhythm of the rows', () => {
  // 16 walkers in turn, one row of 16 drawn: taking every sixteenth row would take one walker only.
  const rows = drawRows(new Float64Array(16_000).fill(1), 1000, new RandomStream(3, 'test'));
  const walkers = new Float64Array(16);
  for (const row of rows) walkers[row % 16]++;
  // Binomial, mean 62.5 and standard deviation 7.7.
  for (const count of walkers) expect(Math.abs(count - 62.5)).toBeLessThan(31);
});

it('draws each row once at most, and every row alike', () => {
  const seen = new Float64Array(20);
  for (let seed = 0; seed < 2000; seed++) {
    const rows = drawOnce(20, 5, new RandomStream(seed, 'test'));
    expect(differentRows(rows)).toBe(5);
    for (const row of rows) seen[row]++;
  }
  // Mean 500, standard deviation 19.4.
  for (const count of seen) expect(Math.abs(count - 500)).toBeLessThan(80);
  expect([...drawOnce(3, 10, new RandomStream(1, 'test'))]).toEqual([0, 1, 2]);
});

it('refuses probabilities that sum to nothing', () => {
  expect(() => drawRows(new Float64Array(3), 2, new RandomStream(1, 'test'))).toThrow(RangeError);
});
