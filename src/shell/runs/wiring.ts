/** Tells the runs what the experiment is and which of them is being looked at. */
import { families } from '../../catalog.ts';
import { withValue } from '../../core/settings/settings.ts';
import { useStore } from '../store.ts';
import { wantsStillness } from '../theme.ts';
import { biasing } from './biasing.ts';
import { closing } from './closing.ts';
import { coupling } from './coupling.ts';
import { learned } from './learned.ts';
import { learners } from './learning.ts';
import { simulation } from './simulation.ts';

export function startRuns(): void {
  const pass = () => {
    const { experiment, backend } = useStore.getState();
    learned.want(experiment);
    if (!learned.ready(experiment)) {
      simulation.setActive(false);
      biasing.setActive(false);
      return;
    }
    // What a run does must not depend on which station is open.
    const as = (station: string) => withValue(families, experiment, 'station', station);
    simulation.configure(as('explore'));
    simulation.setActive(experiment.station === 'explore');
    biasing.configure(as('bias'));
    biasing.setActive(experiment.station === 'bias');
    coupling.configure(as('couple'), backend);
    closing.configure(as('close'));
    for (const learner of Object.values(learners)) learner.configure(experiment, backend);
  };
  pass();
  useStore.subscribe(pass);
  learned.made.subscribe(pass);
  if (wantsStillness()) return;
  simulation.play();
  biasing.play();
}
