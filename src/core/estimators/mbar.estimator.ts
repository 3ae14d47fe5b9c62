import type { Estimator } from './contract.ts';
import { solutionErrors } from './window-errors.ts';
import { ofLogWeights } from './window-estimates.ts';

const estimator: Estimator = {
  order: 1,
  cite: 'Shirts, Chodera, J. Chem. Phys. 129, 124105 (2008)',
  takes: 'samples',
  estimates: 'bin',
  estimate: ofLogWeights,
  errors: solutionErrors,
};

export default estimator;
