import type { Experiment } from '../../params/experiment.ts';

/** Whether the samples of an experiment come from a trained network. */
export function usesNetwork(experiment: Experiment): boolean {
  const by = experiment['condition.by'];
  const fromData = experiment.station === 'condition' && (by === 'kernel' || by === 'neighbours');
  return experiment.denoiser === 'network' && !fromData;
}

/** The slow variables that the network of station Condition is told, as a text to compare: none for guidance. */
export function toldOf(experiment: Experiment): string {
  return experiment['condition.by'] === 'network' ? `${experiment.cv} ${experiment.also}` : '';
}
