/** In one or two sentences: what is to be seen now. */
import type { Experiment } from '../../core/params/experiment.ts';
import { Headline } from '../../shell/parts/Headline.tsx';
import { learners } from '../../shell/runs/learning.ts';
import { staleKeys } from '../../shell/runs/model-view.ts';
import type { Phase } from '../../shell/runs/run.ts';
import { useSampled, useSignal } from '../../shell/runs/signal.ts';
import { INVITATIONS, STATES_OF } from './data-words.ts';

const client = learners.learn;
const REFRESH = 500;

const TITLES: Readonly<Record<Phase, string>> = {
  idle: 'Nothing learned yet',
  preparing: 'Getting ready',
  running: 'Learning to denoise',
  stopping: 'Stopping',
  paused: 'Half learned',
  finished: 'Learned',
  failed: 'The training failed',
};

export function LearnStory({ experiment }: { experiment: Experiment }) {
  const { phase } = useSignal(client.state);
  const info = useSignal(client.info);
  const trained = useSignal(client.trainedOn);
  const { first, steps } = useSampled(client.progress, REFRESH);
  const another = trained !== null && !client.fits(experiment);
  const source = STATES_OF[trained?.data ?? 'equilibrium'];
  const ready = phase === 'finished' && first > 0 && first === steps;
  return (
    <Headline title={titleOf(phase, trained, experiment)}>
      {info && trained && !another
        ? `${ready ? 'This network came trained: it knows' : 'A network learns'} the way back from noise, from ${info.dataCount.toLocaleString('en')} ${source}.`
        : INVITATIONS[experiment.data]}
    </Headline>
  );
}

/** A model of something else than what the page shows is not praised. */
function titleOf(phase: Phase, trained: Experiment | null, experiment: Experiment): string {
  if (!trained) return TITLES[phase];
  if (!client.fits(experiment))
    return phase === 'running' ? 'Learning another system' : 'Nothing learned of this system yet';
  const stale = staleKeys(trained, experiment, false).length > 0;
  return phase === 'finished' && stale ? 'Learned with other settings' : TITLES[phase];
}
