/** MBAR whose samples stand in the middles of bins. */
import type { Estimator } from './contract.ts';
import { solutionErrors } from './window-errors.ts';
import { ofLogWeights } from './window-estimates.ts';

const estimator: Estimator = {
  order: 2,
  cite: 'Kumar, Rosenberg, Bouzida, Swendsen, Kollman, J. Comput. Chem. 13, 1011 (1992)',
  takes: 'samples',
  estimates: 'bin',
  binned: true,
  estimate: ofLogWeights,
  errors: solutionErrors,
};

export default estimator;
