import { useMemo } from 'react';
import type { Experiment } from '../../core/params/experiment.ts';
import type { DotSource } from '../figure/DotsOverlay.tsx';
import type { LearnClient } from '../runs/learning.ts';
import type { Field, Generated } from '../runs/model-view.ts';
import { useSampled, useSignal } from '../runs/signal.ts';

/** What a model has made, unless it is a model of something else than the experiment. */
export function useModel(
  client: LearnClient,
  experiment: Experiment,
  refresh: number,
): { generated: Generated | null; field: Field | null; dots: DotSource } {
  useSignal(client.trainedOn);
  const fits = client.fits(experiment);
  const generated = useSampled(client.generated, refresh);
  const field = useSampled(client.field, refresh);
  const dots = useMemo(
    () => ({
      get: () => (fits ? (client.generated.get()?.points ?? null) : null),
      subscribe: client.generated.subscribe,
    }),
    [client, fits],
  );
  return { generated: fits ? generated : null, field: fits ? field : null, dots };
}
