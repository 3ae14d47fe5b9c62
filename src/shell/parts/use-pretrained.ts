/** The model that comes with the page is there at once, where there is one for the settings of the page. */
import { useEffect } from 'react';
import type { Experiment } from '../../core/params/experiment.ts';
import { learners } from '../runs/learning.ts';
import { pretrainedAddress, pretrainedModel } from '../runs/pretrained.ts';

/** A model that a person has done away with does not come back. */
const fetched = new Set<string>();

export function usePretrained(experiment: Experiment, station: string): void {
  const address = pretrainedAddress(experiment, station);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address says all that matters of the experiment
  useEffect(() => {
    if (!address || fetched.has(station) || !isUntouched(station)) return;
    fetched.add(station);
    pretrainedModel(experiment, station)
      .then((file) => (file && isUntouched(station) ? learners[station].importModel(file) : undefined))
      .catch((error) => console.warn('The model that comes with the page could not be used.', error));
  }, [address]);
}

/** Nobody has begun to train meanwhile. */
function isUntouched(station: string): boolean {
  const { trainedOn, state } = learners[station];
  return trainedOn.get() === null && state.get().phase === 'idle';
}
