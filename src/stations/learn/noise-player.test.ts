import { expect, test } from 'vitest';
import { moved } from './noise-player.ts';

test('noise grows forward and falls in reverse, and stops at the ends', () => {
  const forward = moved(0.5, 'forward', 70);
  expect(forward.place).toBeCloseTo(0.51, 9);
  expect(forward.arrived).toBe(false);
  expect(moved(0.5, 'reverse', 70).place).toBeCloseTo(0.49, 9);
  expect(moved(0.999, 'forward', 70)).toEqual({ place: 1, arrived: true });
  expect(moved(0.001, 'reverse', 70)).toEqual({ place: 0, arrived: true });
});

test('a late frame does not jump', () => {
  expect(moved(0, 'forward', 60_000).place).toBeLessThan(0.02);
});
