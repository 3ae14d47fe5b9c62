/** States that the experiment generates: by the network at hand, or by the exact denoiser in its place. */

import { useEffect, useMemo } from 'react';
import { densityDivergence } from '../../core/metrics/comparison.ts';
import type { Grid, Points, Standardisation } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { keyOf } from '../../shell/parts/derived.ts';
import { systemOf } from '../../shell/parts/system.ts';
import { useModel } from '../../shell/parts/use-model.ts';
import { REFRESH } from '../../shell/refresh.ts';
import { learners } from '../../shell/runs/learning.ts';
import { reference, useReference } from '../../shell/runs/reference.ts';
import { Signal, useSignal } from '../../shell/runs/signal.ts';

const client = learners.learn;

export interface GeneratedStates {
  readonly points: Points;
  readonly by: Experiment['denoiser'];
  /** All that were asked for, of a model that is not in training. */
  readonly done: boolean;
}

export function useGenerated(experiment: Experiment, scale: Standardisation | null): GeneratedStates | null {
  const { denoiser, samples } = experiment;
  const exact = denoiser === 'exact';
  useEffect(
    () => client.wish({ generation: exact ? undefined : { count: samples, at: null } }),
    [exact, samples],
  );
  const byReference = useReference(exact && scale ? reference.generate(experiment, scale, samples) : null);
  const { generated } = useModel(client, experiment, REFRESH.generated);
  const { phase } = useSignal(client.state);
  return useMemo(() => {
    if (exact) return byReference && { points: byReference, by: 'exact', done: true };
    if (!generated || generated.experiment.denoiser === 'exact') return null;
    if (generated.points.values.length === 0) return null;
    return { points: generated.points, by: 'network', done: generated.done && phase !== 'running' };
  }, [exact, byReference, generated, phase]);
}

export interface Divergence {
  readonly js: number;
  /** Of as many exact states; null before it is known. */
  readonly floor: number | null;
}

export function useDivergence(
  experiment: Experiment,
  states: GeneratedStates | null,
  exact: Grid | null,
): Divergence | null {
  const { domain } = systemOf(experiment);
  const points = states?.points ?? null;
  const count = points ? points.values.length / points.dimension : 0;
  const settled = states?.done === true || count >= 2000;
  const sample = useReference(settled && count > 0 ? reference.sample(experiment, count, null) : null);
  return useMemo(() => {
    if (!points || !exact || !settled) return null;
    const floor =
      sample && sample.values.length === points.values.length
        ? densityDivergence(sample, exact, domain)
        : null;
    return { js: densityDivergence(points, exact, domain), floor };
  }, [points, settled, exact, sample, domain]);
}

/** What both denoisers have come to with the same generator, as far as both have been tried. */
interface Tried {
  readonly key: string;
  readonly network: number | null;
  readonly exact: number | null;
}

const tried = new Signal<Tried>({ key: '', network: null, exact: null });

/** Notes the divergence of finished samples; what was noted with other settings is forgotten. */
export function useTried(
  experiment: Experiment,
  states: GeneratedStates | null,
  divergence: Divergence | null,
): Tried {
  const trained = useSignal(client.trainedOn);
  const key = `${keyOf(experiment, 'generated')} ${experiment.samples}`;
  const [by, js] = states?.done && divergence ? [states.by, divergence.js] : [null, null];
  // biome-ignore lint/correctness/useExhaustiveDependencies: a network that was trained anew is another one
  useEffect(() => {
    const before = tried.get();
    const kept = before.key === key ? before : { key, network: null, exact: null };
    tried.set({ ...kept, network: null });
  }, [trained, key]);
  useEffect(() => {
    if (by) tried.set({ ...tried.get(), key, [by]: js });
  }, [by, js, key]);
  return useSignal(tried);
}
