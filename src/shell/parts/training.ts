/** What the meter and the engine chip show of a model in training. */

import { fixed } from '../../text/format.ts';
import { text } from '../../text/index.ts';
import { REFRESH } from '../refresh.ts';
import type { LearnClient } from '../runs/learning.ts';
import { learners } from '../runs/learning.ts';
import { firstOf, useSampled, useSignal } from '../runs/signal.ts';
import type { Cost, EnginesInUse } from '../station.ts';
import { useWorkCost } from './costs.ts';

/** Data of models are simulated in the worker that trains. */
export const ONE_WORKER = { id: 'wasm', parts: 1 } as const;

export function useTrainingCost({ progress }: LearnClient): Cost[] {
  const { seconds } = useSampled(progress, REFRESH.costs);
  return [{ label: text.frame.cost.training, value: `${fixed(seconds, 1)} s` }, ...useWorkCost()];
}

/** Of a model, or of another one of the page as long as there is none. */
export function useTrainingEngines(client: LearnClient): EnginesInUse {
  const own = useSignal(client.info);
  const others = useEnginesTried();
  const tried = own ?? others;
  return { simulation: ONE_WORKER, learning: tried?.backend ?? null, tried };
}

const known = firstOf(Object.values(learners).map(({ info }) => info));

/** What is known of the engines from any training of this page. */
export function useEnginesTried(): EnginesInUse['tried'] {
  return useSignal(known);
}
