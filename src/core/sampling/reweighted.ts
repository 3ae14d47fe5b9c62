/** What a biased run tells of other variables than the one along which it was biased. */

import type { WeightedStates } from '../estimators/finding.ts';
import { weightedFreeEnergy, weightedMean } from '../estimators/weighted.ts';
import { columnsOf } from '../numerics/layout.ts';
import type { Experiment } from '../params/experiment.ts';
import type { SystemModel } from '../systems/model.ts';
import type { ObservedMean, ReweightedFreeEnergy } from './frames.ts';

export interface Reweighted {
  readonly reweighted: ReweightedFreeEnergy | null;
  readonly observable: ObservedMean | null;
}

export const NOT_REWEIGHTED: Reweighted = { reweighted: null, observable: null };

/** The free energy along the cv `reweight` and the mean of `observable`, as far as the experiment asks for them. */
export function reweight(
  model: SystemModel,
  { reweight: id, observable }: Pick<Experiment, 'reweight' | 'observable'>,
  weighted: WeightedStates,
): Reweighted {
  const valuesOf = (expression: string) => {
    const { dimension, values } = weighted.states;
    const out = new Float64Array(values.length / dimension);
    model.observable(expression).evaluate(columnsOf(values, dimension), out.length, out);
    return out;
  };
  const cv = model.system.cvs.find((one) => one.id === id);
  return {
    reweighted: cv ? { variable: cv.id, ...weightedFreeEnergy(weighted, valuesOf(cv.value), cv) } : null,
    observable: observable
      ? { expression: observable, ...weightedMean(weighted, valuesOf(observable)) }
      : null,
  };
}
