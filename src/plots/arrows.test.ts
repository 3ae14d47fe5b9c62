import { expect, test } from 'vitest';
import { arrowsTrace } from './arrows.ts';

const window = [
  [0, 10],
  [0, 100],
] as const;

test('an arrow goes from its beginning to its tip, and its head is even on either side', () => {
  const trace = arrowsTrace([{ from: [1, 50], to: [5, 50] }], window, {
    color: '#000',
    width: 1,
    head: 0.02,
  });
  const { x, y } = trace as unknown as { x: (number | null)[]; y: (number | null)[] };
  expect([x[0], y[0], x[1], y[1]]).toEqual([1, 50, 5, 50]);
  expect(x.at(-1)).toBeNull();
  const [left, right] = [2, 4].map((i) => [Number(x[i]), Number(y[i])]);
  expect(left[0]).toBeCloseTo(right[0], 9);
  expect(left[1] + right[1]).toBeCloseTo(100, 9);
  // Of length 0.02 in shares of the picture.
  expect(Math.hypot((left[0] - 5) / 10, (left[1] - 50) / 100)).toBeCloseTo(0.02, 9);
});

test('the head of a short arrow is shorter than the arrow, and no arrow has none', () => {
  const short = arrowsTrace([{ from: [5, 50], to: [5.01, 50] }], window, {
    color: '#000',
    width: 1,
    head: 0.02,
  });
  const { x } = short as unknown as { x: number[] };
  expect(x[2]).toBeGreaterThan(5);
  const none = arrowsTrace([{ from: [5, 50], to: [5, 50] }], window, { color: '#000', width: 1, head: 0.02 });
  expect((none as unknown as { x: number[] }).x.slice(0, 5)).toEqual([5, 5, 5, 5, 5]);
});
