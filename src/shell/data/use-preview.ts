/** The training data of an experiment, made in a worker as they will be for the training. */

import { useEffect, useState } from 'react';
import { families } from '../../catalog.ts';
import type { DataPreview } from '../../core/datasets/preview.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { isConditional } from '../../core/params/station.ts';
import type { DataApi } from '../../core/protocol/data.ts';
import { dataAspects } from '../../core/settings/shapes.ts';
import { messageOf } from '../../text/index.ts';
import { keyOf } from '../parts/derived.ts';
import { Cancelled, type Remote } from '../runs/remote.ts';
import { dataWorker } from '../runs/workers.ts';
import { ownProblemOf, useOwnStates } from './own-data.ts';

/** Dragging a slider must not begin a simulation at every step. */
const REST = 350;
/** Data that cost more force evaluations are made only when asked for. */
const CHEAP = 2e7;

export interface PreviewState {
  readonly preview: DataPreview | null;
  readonly problem: string | null;
  readonly pending: boolean;
  /** Makes data that are too costly to be made unasked; null if they are not. */
  readonly ask: (() => void) | null;
}

interface Answer {
  readonly key: string;
  readonly own: Float32Array | null;
  readonly preview: DataPreview | null;
  readonly problem: string | null;
}

let worker: Remote<DataApi<Blob>> | null = null;

/** What there is to see of the data; the data before stay in sight until the next are made, if they are of the same kind. */
export function usePreview(experiment: Experiment, wanted: boolean): PreviewState {
  const own = useOwnStates(experiment);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const missing = ownProblemOf(experiment);
  const key = previewKey(experiment);
  const { cost } = families.datasets[experiment.data];
  const costly = cost !== undefined && cost(experiment) > CHEAP && asked !== key;
  const due = wanted && !missing && !costly && (answer?.key !== key || answer.own !== own);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is what the data of the experiment depend on
  useEffect(() => {
    if (!due) return;
    let over = false;
    let running = false;
    const timer = setTimeout(() => {
      worker ??= dataWorker();
      running = true;
      worker
        .call((api) => api.preview(experiment, own))
        .then(
          (preview) => !over && setAnswer({ key, own, preview, problem: null }),
          (error) =>
            !over &&
            !(error instanceof Cancelled) &&
            setAnswer({ key, own, preview: null, problem: messageOf(error) }),
        )
        .finally(() => {
          running = false;
        });
    }, REST);
    return () => {
      over = true;
      clearTimeout(timer);
      if (running) worker?.restart();
    };
  }, [key, own, due]);
  const shown = answer && sourceIn(answer.key) === sourceIn(key) && !missing ? answer : null;
  return {
    preview: shown?.preview ?? null,
    problem: shown?.problem ?? null,
    pending: due,
    ask: wanted && !missing && costly ? () => setAsked(key) : null,
  };
}

function previewKey(experiment: Experiment): string {
  const source = [experiment.data, experiment.system, isConditional(experiment, families)];
  return `${JSON.stringify(source)} ${keyOf(experiment, dataAspects(families, experiment))}`;
}

/** Source, system and station of a key. */
function sourceIn(key: string): string {
  return key.slice(0, key.indexOf(']'));
}
