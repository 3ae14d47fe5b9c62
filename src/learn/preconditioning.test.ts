import { expect, test } from 'vitest';
import { preconditioning } from './preconditioning.ts';

test('small noise: the denoiser is the identity', () => {
  const { cSkip, cOut, cIn } = preconditioning(1e-4);
  expect(cSkip).toBeCloseTo(1, 7);
  expect(cOut).toBeCloseTo(1e-4, 9);
  expect(cIn).toBeCloseTo(1, 7);
});

test('large noise: the network answers the clean state', () => {
  const { cSkip, cOut, cIn } = preconditioning(1e4);
  expect(cSkip).toBeCloseTo(1e-8, 12);
  expect(cOut).toBeCloseTo(1, 7);
  expect(cIn).toBeCloseTo(1e-4, 9);
});

test('noise equal to the spread: the values of table 1', () => {
  const { cSkip, cOut, cIn, cNoise } = preconditioning(1);
  expect([cSkip, cOut, cIn, cNoise]).toEqual([
    expect.closeTo(0.5, 12),
    expect.closeTo(Math.SQRT1_2, 12),
    expect.closeTo(Math.SQRT1_2, 12),
    0,
  ]);
});

test.each([0.05, 0.7, 6])('at noise %d input and target have unit variance', (sigma) => {
  const { cSkip, cOut, cIn } = preconditioning(sigma);
  expect(cIn ** 2 * (1 + sigma ** 2)).toBeCloseTo(1, 12);
  expect(((1 - cSkip) ** 2 + (cSkip * sigma) ** 2) / cOut ** 2).toBeCloseTo(1, 12);
});
