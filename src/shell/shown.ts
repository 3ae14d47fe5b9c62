/** The experiment as figures and numbers show it: during a drag they follow at a pace that leaves the frames to the walkers. */
import { type Experiment, settingValue } from '../core/params/experiment.ts';
import { changedKeys } from './parts/derived.ts';
import { REFRESH } from './refresh.ts';
import { Signal, useSignal } from './runs/signal.ts';
import { useStore } from './store.ts';

export const shown = new Signal(useStore.getState().experiment);

let timer: ReturnType<typeof setTimeout> | undefined;
let taken = Number.NEGATIVE_INFINITY;

function take(): void {
  clearTimeout(timer);
  timer = undefined;
  taken = performance.now();
  shown.set(useStore.getState().experiment);
}

useStore.subscribe((now, before) => {
  if (now.experiment === before.experiment) return;
  // A number that adds no step to the history goes on with a drag. All else is shown at once.
  const dragged =
    now.past === before.past &&
    changedKeys(now.experiment, before.experiment).every(
      (key) => typeof settingValue(now.experiment, key) === 'number',
    );
  const rest = taken + REFRESH.drag - performance.now();
  if (dragged && rest > 0) timer ??= setTimeout(take, rest);
  else take();
});

/** For what shows most settings; what acts on them takes the experiment of the store. */
export function useShown(): Experiment {
  return useSignal(shown);
}
