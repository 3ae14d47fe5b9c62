import { expect, test } from 'vitest';
import { text } from '../../text/index.ts';
import { type Compared, denoiserVerdict } from './verdict.ts';

test.each<
  [
    Compared,
    'exactAvailable' | 'tryExact' | 'networkWrong' | 'bothRight' | 'generatorWrong' | 'generatorRight',
  ]
>([
  [{ network: null, exact: null, floor: null }, 'exactAvailable'],
  [{ network: 0.02, exact: null, floor: 0.008 }, 'tryExact'],
  [{ network: 0.02, exact: 0.009, floor: 0.008 }, 'networkWrong'],
  [{ network: 0.009, exact: 0.008, floor: 0.008 }, 'bothRight'],
  [{ network: 0.02, exact: 0.02, floor: 0.008 }, 'generatorWrong'],
  [{ network: null, exact: 0.0082, floor: 0.008 }, 'generatorRight'],
])('%o', (compared, verdict) => {
  expect(denoiserVerdict(compared)).toBe(text.learn.denoiser[verdict]);
});
