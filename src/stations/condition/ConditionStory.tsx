/** In one or two sentences: what is to be seen, and what to do next. */
import { families } from '../../catalog.ts';
import { usesNetwork } from '../../core/generative/conditioning/uses-network.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { Headline } from '../../shell/parts/Headline.tsx';
import { cvOfExperiment, systemOf } from '../../shell/parts/system.ts';
import { isBusy } from '../../shell/runs/run.ts';
import { useSignal } from '../../shell/runs/signal.ts';
import { short } from '../../text/format.ts';
import { isThin } from './data-support.ts';
import { type Conditioned, client } from './use-conditioned.ts';

interface StoryProps {
  readonly experiment: Experiment;
  readonly conditioned: Conditioned;
}

export function ConditionStory({ experiment, conditioned }: StoryProps) {
  const { label } = cvOfExperiment(experiment);
  useSignal(client.trainedOn);
  const state = useSignal(client.state);
  const also = systemOf(experiment).cvs.find(({ id }) => id === experiment.also);
  const second = also ? ` and ${also.label} = ${short(experiment.alsoAt)}` : '';
  return (
    <Headline title={`States with ${label} = ${short(conditioned.at)}${second}`}>
      {story(experiment, conditioned, isBusy(state))}
    </Headline>
  );
}

function story(experiment: Experiment, { at, support, generated }: Conditioned, busy: boolean): string {
  const { label } = cvOfExperiment(experiment);
  const trained = client.trainedOn.get() !== null;
  if (!client.fits(experiment)) {
    if (busy) return 'The data are being made.';
    if (trained && usesNetwork(experiment, families))
      return 'The network that is there was trained for something else. Train one for this way of asking.';
    if (experiment.also !== 'none')
      return 'Two values pin a state of two coordinates. Train the model to see how near to both its states are.';
    return `Drag the curve: the ink line is the exact distribution of what ${label} leaves free. Train the model to see what it makes of it.`;
  }
  if (support && isThin(support, at))
    return `There are few training data with this ${label}: what the model makes here is a guess beyond them, and only physics can check it.`;
  if (experiment.also !== 'none')
    return 'Two values pin a state of two coordinates: nothing is left free, and what can be wrong is how far the states are from both.';
  if (!generated) return 'States with this value are being made.';
  return `Drag the curve: the same noise flows to every value, so that the cloud moves with your hand, without any simulation. A spring in a simulation gives the same distribution, at the cost below.`;
}
