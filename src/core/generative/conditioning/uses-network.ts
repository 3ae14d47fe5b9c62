import type { Experiment } from '../../params/experiment.ts';
import { isConditional, type StationFamilies } from '../../params/station.ts';
import { conditionSettingsOf } from '../generation-settings.ts';

/** Whether the samples of an experiment come from a trained network. */
export function usesNetwork(experiment: Experiment, families: StationFamilies): boolean {
  const by = conditionSettingsOf(experiment).by;
  const fromData = isConditional(experiment, families) && (by === 'kernel' || by === 'neighbours');
  return experiment.denoiser === 'network' && !fromData;
}

/** The slow variables that a conditional network is told, as a text to compare: none for guidance. */
export function toldOf(experiment: Experiment): string {
  return conditionSettingsOf(experiment).by === 'network' ? `${experiment.cv} ${experiment.also}` : '';
}
