/** Samples as they are: right only where no window has a spring. */
import type { Estimator } from './contract.ts';
import { shareErrors } from './window-errors.ts';
import { ofWeights } from './window-estimates.ts';

const estimator: Estimator = {
  order: 5,
  takes: 'samples',
  estimates: 'bin',
  ignoresSprings: true,
  estimate: ({ counts, places }) => ofWeights(counts, places),
  errors: shareErrors,
};

export default estimator;
