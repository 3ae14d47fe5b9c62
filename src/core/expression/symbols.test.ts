import { expect, test } from 'vitest';
import { inSymbols } from './symbols.ts';

test.each([
  ['y1', 'y₁'],
  ['p(phi12 | φ₁ = 0)', 'p(φ₁₂ | φ₁ = 0)'],
  ['y1 - y2^2', 'y₁ - y₂^2'],
  ['x', 'x'],
  ['10 k', '10 k'],
  ['log10', 'log10'],
  ['1e6', '1e6'],
])('%s is written %s', (text, written) => {
  expect(inSymbols(text)).toBe(written);
});
