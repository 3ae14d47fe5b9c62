/** Tells the runs what the experiment is and which of them is being looked at. */
import { families } from '../../catalog.ts';
import { withValue } from '../../core/settings/settings.ts';
import { allStations } from '../station.ts';
import { useStore } from '../store.ts';
import { wantsStillness } from '../theme.ts';
import { learned } from './learned.ts';

export function startRuns(): void {
  const pass = () => {
    const { experiment, backend } = useStore.getState();
    learned.want(experiment);
    const ready = learned.ready(experiment);
    for (const { id, configure, setActive } of allStations()) {
      // What a run does must not depend on which station is open.
      if (ready) configure(withValue(families, experiment, 'station', id), backend);
      setActive?.(ready && experiment.station === id);
    }
  };
  pass();
  useStore.subscribe(pass);
  learned.made.subscribe(pass);
  if (wantsStillness()) return;
  for (const { run, setActive } of allStations()) if (setActive) run.play();
}
