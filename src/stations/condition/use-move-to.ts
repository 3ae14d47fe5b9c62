import { useOfExperiment, useStore } from '../../shell/store.ts';

/** Moves the first of the asked values; the others stay. */
export function useMoveTo(): (value: number) => void {
  const change = useStore((store) => store.change);
  const at = useOfExperiment((experiment) => experiment.at);
  return (value) => change('at', [value, ...at.slice(1)]);
}
