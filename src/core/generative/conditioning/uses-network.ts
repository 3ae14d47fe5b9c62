import type { Experiment } from '../../params/experiment.ts';
import { isConditional, type StationFamilies } from '../../params/station.ts';

/** Whether the samples of an experiment come from a trained network. */
export function usesNetwork(experiment: Experiment, families: StationFamilies): boolean {
  const by = experiment['condition.by'];
  const fromData = isConditional(experiment, families) && (by === 'kernel' || by === 'neighbours');
  return experiment.denoiser === 'network' && !fromData;
}

/** The slow variables that a conditional network is told, as a text to compare: none for guidance. */
export function toldOf(experiment: Experiment): string {
  return experiment['condition.by'] === 'network' ? `${experiment.cv} ${experiment.also}` : '';
}
