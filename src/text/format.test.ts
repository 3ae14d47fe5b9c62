import { expect, it } from 'vitest';
import { counted, listed, percent } from './format.ts';

it.each([
  [412, '412'],
  [58_000, '58.0\u00a0k'],
  [999_400, '999\u00a0k'],
  [999_985, '1.00\u00a0M'],
  [6_300_000, '6.30\u00a0M'],
  [999.7, '1.00\u00a0k'],
])('%d is counted as %s', (value, text) => {
  expect(counted(value)).toBe(text);
});

it('a list names the first few', () => {
  expect(listed(['a'])).toBe('a');
  expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
  expect(listed(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
});

it.each([
  [0.1234, '12 %'],
  [0.99, '99 %'],
  [0.0012, '0.12 %'],
])('the share %d is %s', (share, text) => {
  expect(percent(share)).toBe(text);
});
