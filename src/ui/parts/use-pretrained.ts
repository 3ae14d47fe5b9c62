/** The model that comes with the page is there at once, where there is one for the settings of the page. */
import { useEffect } from 'react';
import type { Experiment } from '../../core/experiment.ts';
import { learners } from '../runs/learning.ts';
import { pretrainedAddress, pretrainedModel } from '../runs/pretrained.ts';

const client = learners.learn;

/** A model that a person has done away with does not come back. */
let fetched = false;

export function usePretrained(experiment: Experiment): void {
  const address = pretrainedAddress(experiment, 'learn');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address says all that matters of the experiment
  useEffect(() => {
    if (!address || fetched || !isUntouched()) return;
    fetched = true;
    pretrainedModel(experiment, 'learn')
      .then((file) => (file && isUntouched() ? client.importModel(file) : undefined))
      .catch((error) => console.warn('The model that comes with the page could not be used.', error));
  }, [address]);
}

/** Nobody has begun to train meanwhile. */
function isUntouched(): boolean {
  return client.trainedOn.get() === null && client.state.get().phase === 'idle';
}
