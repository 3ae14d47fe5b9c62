import { expect, it } from 'vitest';
import { counted } from './format.ts';

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
