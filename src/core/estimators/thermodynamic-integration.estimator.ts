import type { Estimator } from './contract.ts';
import { betweenMeans, windowMeanForce } from './thermodynamic-integration.ts';
import { propagatedErrors } from './window-errors.ts';
import { ofMoments } from './window-estimates.ts';

const estimate = ofMoments((windows, { centers, kT, low, period }) =>
  betweenMeans(
    windows.map((window) => windowMeanForce(window, kT)),
    centers,
    low,
    period,
  ),
);

const estimator: Estimator = {
  order: 4,
  takes: 'moments',
  estimates: 'point',
  estimate,
  errors: (data, F) => propagatedErrors(estimate, data, F),
};

export default estimator;
