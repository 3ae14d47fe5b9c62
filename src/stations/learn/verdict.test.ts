import { expect, test } from 'vitest';
import { denoiserVerdict } from './verdict.ts';

test.each([
  [{ network: null, exact: null, floor: null }, /no network is needed/],
  [{ network: 0.02, exact: null, floor: 0.008 }, /Try the exact denoiser/],
  [{ network: 0.02, exact: 0.009, floor: 0.008 }, /The network is wrong/],
  [{ network: 0.009, exact: 0.008, floor: 0.008 }, /Neither is wrong/],
  [{ network: 0.02, exact: 0.02, floor: 0.008 }, /The sampler is wrong/],
  [{ network: null, exact: 0.0082, floor: 0.008 }, /The sampler is right/],
])('%o', (compared, verdict) => {
  expect(denoiserVerdict(compared)).toMatch(verdict);
});
