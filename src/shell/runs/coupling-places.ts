/** Values of the slow variable at which the page looks at conditional distributions, whatever the value that is asked for. */

import { coupleSettingsOf } from '../../core/coupling/settings.ts';
import { linspace } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';

/** Few enough to cost little while walkers run. */
const PLACES = 21;

export function placesOfDistributions(experiment: Experiment): number[] {
  const { low, high } = coupleSettingsOf(experiment);
  return Array.from(linspace(low, high, PLACES), (at) => Number(at.toFixed(6)));
}

/** The place nearest to the value that is asked for. */
export function placeOf(experiment: Experiment): number {
  const [asked] = experiment.at;
  return placesOfDistributions(experiment).reduce((best, at) =>
    Math.abs(at - asked) < Math.abs(best - asked) ? at : best,
  );
}
