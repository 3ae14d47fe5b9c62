/** In one or two sentences: what is to be seen now. */

import type { Experiment } from '../../core/params/experiment.ts';
import { Headline } from '../../shell/parts/Headline.tsx';
import { REFRESH } from '../../shell/refresh.ts';
import { learners } from '../../shell/runs/learning.ts';
import { staleKeys } from '../../shell/runs/model-view.ts';
import type { Phase } from '../../shell/runs/run.ts';
import { useSampled, useSignal } from '../../shell/runs/signal.ts';
import { datasetWords, text } from '../../text/index.ts';

const client = learners.learn;

const words = text.learn.story;

export function LearnStory({ experiment }: { experiment: Experiment }) {
  const { phase } = useSignal(client.state);
  const info = useSignal(client.info);
  const trained = useSignal(client.trainedOn);
  const { first, steps } = useSampled(client.progress, REFRESH.story);
  const another = trained !== null && !client.fits(experiment);
  const ready = phase === 'finished' && first > 0 && first === steps;
  return (
    <Headline title={titleOf(phase, trained, experiment, ready)}>
      {info && trained && !another
        ? (ready ? words.learned : words.learns)(info.dataCount, datasetWords(trained.data).states)
        : datasetWords(experiment.data).invitation}
    </Headline>
  );
}

/** A model of something else than what the page shows is not praised. */
function titleOf(phase: Phase, trained: Experiment | null, experiment: Experiment, ready: boolean): string {
  if (!trained) return words[phase];
  if (!client.fits(experiment)) return phase === 'running' ? words.other : words.otherModel;
  const stale = staleKeys(trained, experiment, false).length > 0;
  if (phase === 'finished' && stale) return words.stale;
  return ready ? words.pretrained : words[phase];
}
