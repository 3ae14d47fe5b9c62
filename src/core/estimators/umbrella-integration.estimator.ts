import type { Estimator } from './contract.ts';
import { umbrellaIntegration } from './umbrella-integration.ts';
import { propagatedErrors } from './window-errors.ts';
import { ofMoments } from './window-estimates.ts';

const estimate = ofMoments(
  (windows, { centers, kT, period }) => umbrellaIntegration(windows, centers, kT, period).freeEnergy,
);

const estimator: Estimator = {
  order: 3,
  cite: 'Kästner, Thiel, J. Chem. Phys. 123, 144104 (2005)',
  takes: 'moments',
  estimates: 'point',
  estimate,
  errors: (data, F) => propagatedErrors(estimate, data, F),
};

export default estimator;
