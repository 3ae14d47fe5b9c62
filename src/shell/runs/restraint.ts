/** Restrained simulations at the value that is asked of the model, in a worker of their own. */
import { useEffect, useState } from 'react';
import type { Experiment } from '../../core/params/experiment.ts';
import type { BiasApi } from '../../core/protocol/bias.ts';
import type { RestrainedSamples } from '../../core/sampling/restrained.ts';
import { messageOf } from '../../text/index.ts';
import { keyOf } from '../parts/derived.ts';
import type { Remote } from './remote.ts';
import { Signal } from './signal.ts';
import { biasWorker } from './workers.ts';

/** A value is simulated when it has rested so long, ms. */
const AT_REST = 350;

let worker: Remote<BiasApi> | null = null;

/** Force evaluations of all restrained simulations of this page. */
export const restrainedEvaluations = new Signal(0);

export interface Restrained {
  readonly samples: RestrainedSamples | null;
  /** Why there are none. */
  readonly problem: string | null;
  readonly pending: boolean;
}

/** @param evaluations what it may cost; null as long as it is not wanted */
export function useRestrained(experiment: Experiment, at: number, evaluations: number | null): Restrained {
  const key = JSON.stringify([keyOf(experiment, 'restrained'), at, evaluations]);
  const [answer, setAnswer] = useState<{ key: string; result: RestrainedSamples | string } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is what the run depends on
  useEffect(() => {
    if (evaluations === null) return;
    let current = true;
    const timer = setTimeout(() => {
      worker ??= biasWorker();
      worker
        .call((api) => api.restrain(experiment, at, evaluations))
        .then(
          (samples) => {
            restrainedEvaluations.set(restrainedEvaluations.get() + samples.forceEvaluations);
            if (current) setAnswer({ key, result: samples });
          },
          (error) => current && setAnswer({ key, result: messageOf(error) }),
        );
    }, AT_REST);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [key]);
  const result = answer?.key === key ? answer.result : null;
  return {
    samples: typeof result === 'object' ? result : null,
    problem: typeof result === 'string' ? result : null,
    pending: evaluations !== null && result === null,
  };
}
