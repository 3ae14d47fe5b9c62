/** The way out of a training that broke down or stands still. */

import { stalled } from '../../core/generative/stalled.ts';
import { trainSettingsOf } from '../../core/generative/training-settings.ts';
import { text } from '../../text/index.ts';
import { REFRESH } from '../refresh.ts';
import type { LearnClient } from '../runs/learning.ts';
import { useSampled, useSignal } from '../runs/signal.ts';
import { useOfExperiment, useStore } from '../store.ts';
import { settingsFor } from './derived.ts';

/** Share of the rate that is offered at first; of one that has learned nothing the usual one is. */
const FACTOR = 0.3;

/** Trains anew at a smaller rate; nothing as long as the training is well. */
export function SmallerRate({ client }: { client: LearnClient }) {
  const { phase, diverged } = useSignal(client.state);
  const { losses } = useSampled(client.progress, REFRESH.advice);
  const trainedOn = useSignal(client.trainedOn);
  const change = useStore((store) => store.change);
  const rate = useOfExperiment((experiment) => trainSettingsOf(experiment).learningRate);
  const usual = Number(
    useOfExperiment((experiment) => settingsFor(experiment)['train.learningRate'].default),
  );
  const broken = phase === 'finished' && diverged === true;
  // At the usual rate it is the data that leave nothing to learn.
  const still = Number(trainedOn?.['train.learningRate']) > usual && stalled(losses);
  if (!broken && !still) return null;
  const smaller = broken ? Number((FACTOR * rate).toPrecision(2)) : usual;
  return (
    <div className="train-buttons no-progress">
      {!broken && (
        <p className="remark" role="status">
          {text.parts.training.stalled(Number(trainedOn?.['train.learningRate']))}
        </p>
      )}
      <button
        type="button"
        className="button"
        onClick={() => {
          change('train.learningRate', smaller);
          client.restart();
        }}
      >
        {text.parts.training.smallerRate(smaller)}
      </button>
    </div>
  );
}
