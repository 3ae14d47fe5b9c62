import { expect, test } from 'vitest';
import { figureName, figureRows, figureText } from './figures.ts';

test.each([
  ['meanExchangeRate', 'mean exchange rate'],
  ['largestDifferenceOfEstimatorsBelow8kT', 'largest difference of estimators below 8 kT'],
  ['jarzynskiForward', 'Jarzynski forward'],
  ['round trips', 'round trips'],
  ['dissipatedWork_kT', 'dissipated work kT'],
])('%s is read as "%s"', (name, text) => {
  expect(figureName(name)).toBe(text);
});

test('a figure has its error beside it', () => {
  expect(figureRows({ bennett: 0.098, bennettError: 0.221, stepsOfPull: 50000, lastError: 2 })).toEqual([
    { name: 'Bennett', text: '0.10 ± 0.22' },
    { name: 'steps of pull', text: '50,000' },
    { name: 'last error', text: '2' },
  ]);
});

test('long lists are told by their range', () => {
  expect(figureText(0.12345)).toBe('0.123');
  expect(figureText([0.5, 0.25])).toBe('0.5, 0.25');
  expect(figureText([3, 1, 2, 5, 4, Number.NaN])).toBe('1 to 5 (6 values)');
});
