/** In one or two sentences: what is to be seen, and what to do next. */
import { families } from '../../catalog.ts';
import { usesNetwork } from '../../core/generative/conditioning/uses-network.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { Headline } from '../../shell/parts/Headline.tsx';
import { cvOfExperiment, systemOf } from '../../shell/parts/system.ts';
import { isBusy } from '../../shell/runs/run.ts';
import { useSignal } from '../../shell/runs/signal.ts';
import { text } from '../../text/index.ts';
import { isThin } from './data-support.ts';
import { type Conditioned, client } from './use-conditioned.ts';
import type { Distances } from './use-distances.ts';

interface StoryProps {
  readonly experiment: Experiment;
  readonly conditioned: Conditioned;
  readonly distances: Distances;
}

const words = text.condition.story;

export function ConditionStory({ experiment, conditioned, distances }: StoryProps) {
  const { label } = cvOfExperiment(experiment);
  useSignal(client.trainedOn);
  const state = useSignal(client.state);
  const also = systemOf(experiment).cvs.find(({ id }) => id === experiment.also);
  const second = also ? words.second(also.label, experiment.alsoAt) : '';
  return (
    <Headline title={words.title(label, conditioned.at) + second}>
      {story(experiment, conditioned, distances, isBusy(state))}
    </Headline>
  );
}

function story(
  experiment: Experiment,
  { at, support, generated }: Conditioned,
  { model, restrained }: Distances,
  busy: boolean,
): string {
  const { label } = cvOfExperiment(experiment);
  const trained = client.trainedOn.get() !== null;
  if (!client.fits(experiment)) {
    if (busy) return words.preparing;
    if (trained && usesNetwork(experiment, families)) return words.otherModel;
    if (experiment.also !== 'none') return words.twoValuesUntrained;
    return words.untrained(label);
  }
  if (support && isThin(support, at)) return words.fewData(label);
  if (experiment.also !== 'none') return words.twoValues;
  if (!generated) return words.generating;
  return model === null ? words.drag : `${words.drag} ${words.distances(model, restrained)}`;
}
