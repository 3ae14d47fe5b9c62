/** Trained models that come with the page (`npm run pretrain` makes them): something moves before anything is trained. */

import { families } from '../../catalog.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { isConditional } from '../../core/params/station.ts';
import { DEFAULT_CHOICES, defaultExperiment } from '../../core/settings/settings.ts';
import { isModelOf, staleKeys } from './model-view.ts';

/** Address of the model that comes with the page for this experiment, relative to the page; null when there is none. */
export function pretrainedAddress(experiment: Experiment, station: string): string | null {
  const trained = { ...defaultExperiment(families, DEFAULT_CHOICES), station };
  const asked = { ...experiment, station };
  const fits =
    isModelOf(trained, asked) && staleKeys(trained, asked, isConditional(asked, families)).length === 0;
  return fits ? `./pretrained/${trained.system}-${station}.json` : null;
}

/** That model for `LearnClient.importModel`; null when there is none or it cannot be fetched. */
export async function pretrainedModel(experiment: Experiment, station: string): Promise<unknown> {
  const address = pretrainedAddress(experiment, station);
  if (!address) return null;
  try {
    const response = await fetch(address);
    return response.ok ? await response.json() : null;
  } catch {
    return null; // a page that is offline trains its model itself
  }
}
