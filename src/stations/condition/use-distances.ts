/** Wasserstein-1 distances of the samples from the exact distribution, each with the distance of as many exact samples. */
import { useMemo } from 'react';
import { coordinate } from '../../core/metrics/comparison.ts';
import { wasserstein1 } from '../../core/metrics/wasserstein.ts';
import type { ConditionalDistribution } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { systemOf } from '../../shell/parts/system.ts';
import { reference, useReference } from '../../shell/runs/reference.ts';
import { type Conditioned, QUICK } from './use-conditioned.ts';

export interface Distance {
  readonly count: number;
  readonly w1: number;
  /** Of as many exact samples; null as long as it is not known. */
  readonly floor: number | null;
}

export interface Distances {
  readonly model: Distance | null;
  readonly restrained: Distance | null;
  readonly nearby: Distance | null;
}

export function useDistances(experiment: Experiment, conditioned: Conditioned): Distances {
  const { at, model, restrained, nearby, generated } = conditioned;
  const distribution = conditioned.distribution?.at === at ? conditioned.distribution : null;
  const done = generated?.done === true;
  const most = Math.max(done ? (model?.length ?? 0) : 0, restrained?.length ?? 0, nearby?.length ?? 0);
  const exact = useReference(
    // Not while the value is dragged: a preview has few states.
    distribution && most > QUICK ? reference.sample(experiment, experiment.samples, at) : null,
  );
  const d = distribution ? systemOf(experiment).coordinates.indexOf(distribution.coordinate) : -1;
  const floors = useMemo(() => (exact && d >= 0 ? coordinate(exact, d) : null), [exact, d]);
  return {
    model: useDistance(done ? model : null, distribution, floors),
    restrained: useDistance(restrained, distribution, floors),
    nearby: useDistance(nearby, distribution, floors),
  };
}

function useDistance(
  values: Float64Array | null,
  distribution: ConditionalDistribution | null,
  exact: Float64Array | null,
): Distance | null {
  return useMemo(() => {
    if (!values || !distribution || values.length === 0) return null;
    const count = values.length;
    const floor =
      exact && exact.length >= count ? wasserstein1(exact.subarray(0, count), distribution) : null;
    return { count, w1: wasserstein1(values, distribution), floor };
  }, [values, distribution, exact]);
}
