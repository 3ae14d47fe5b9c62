import { expect, test } from 'vitest';
import { figureName, figureText } from './figures.ts';

test.each([
  ['meanExchangeRate', 'mean exchange rate'],
  ['largestDifferenceOfEstimatorsBelow8kT', 'largest difference of estimators below 8 kT'],
  ['workInKT', 'work in KT'],
  ['round trips', 'round trips'],
  ['dissipatedWork_kT', 'dissipated work kT'],
])('%s is read as "%s"', (name, text) => {
  expect(figureName(name)).toBe(text);
});

test('long lists are told by their range', () => {
  expect(figureText(0.12345)).toBe('0.123');
  expect(figureText([0.5, 0.25])).toBe('0.5, 0.25');
  expect(figureText([3, 1, 2, 5, 4, Number.NaN])).toBe('1 to 5 (6 values)');
});
