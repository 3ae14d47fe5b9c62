/** Tells the runs what the experiment is and which of them is being looked at. */
import { families } from '../../catalog.ts';
import { atStation } from '../../core/settings/settings.ts';
import { allStations } from '../station.ts';
import { useStore } from '../store.ts';
import { wantsStillness } from '../theme.ts';
import { learned } from './learned.ts';

export function startRuns(): void {
  const pass = ({ experiment, backend } = useStore.getState()) => {
    learned.want(experiment);
    const ready = learned.ready(experiment);
    for (const { id, configure, setActive } of allStations()) {
      // What a run does must not depend on which station is open.
      if (ready) configure(atStation(families, experiment, id), backend);
      setActive?.(ready && experiment.station === id);
    }
  };
  pass();
  useStore.subscribe((now, before) => {
    if (now.experiment !== before.experiment || now.backend !== before.backend) pass(now);
  });
  learned.made.subscribe(pass);
  if (wantsStillness()) return;
  for (const { run, setActive } of allStations()) if (setActive) run.play();
}
