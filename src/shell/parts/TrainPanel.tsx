/** Train, stop, go on, train again: with progress, and a word when the settings are no longer those of the model. */

import type { ReactNode } from 'react';
import { seconds } from '../../text/format.ts';
import { labelOf, text } from '../../text/index.ts';
import { useOwnStates } from '../data/own-data.ts';
import { REFRESH } from '../refresh.ts';
import type { LearnClient } from '../runs/learning.ts';
import { staleKeys } from '../runs/model-view.ts';
import { isBusy, type Phase } from '../runs/run.ts';
import { useSampled, useSignal } from '../runs/signal.ts';
import { resumptionText } from '../runs/training-record.ts';
import { useExperiment } from '../store.ts';
import { PretrainedButton } from './PretrainedButton.tsx';
import { SmallerRate } from './SmallerRate.tsx';

/** Steps before a time is estimated. */
const FEWEST_STEPS = 20;
const words = text.parts.training;

interface TrainProps {
  readonly client: LearnClient;
  readonly conditional: boolean;
  /** Further buttons. */
  readonly children?: ReactNode;
}

export function TrainPanel({ client, conditional, children }: TrainProps) {
  const { phase, message } = useSignal(client.state);
  const { step, steps, first, secondsLeft, resumed } = useSampled(client.progress, REFRESH.training);
  const busy = isBusy({ phase, message });
  const cameTrained = phase === 'finished' && first > 0 && first === step;
  const status = statusText(phase, step, steps, secondsLeft);
  return (
    <section className="train" aria-label={words.title}>
      <div className="train-buttons">
        {busy ? (
          <button
            type="button"
            className="button"
            onClick={() => client.pause()}
            disabled={phase === 'stopping'}
          >
            {words.stop}
          </button>
        ) : (
          <button type="button" className="button strong" onClick={() => client.play()}>
            {buttonText(phase, step, first)}
          </button>
        )}
        {phase === 'paused' && (
          <button type="button" className="button" onClick={() => client.restart()}>
            {words.restart}
          </button>
        )}
        <PretrainedButton client={client} />
        {children}
        <span className="train-status">{status}</span>
      </div>
      <progress
        max={Math.max(steps, 1)}
        value={phase === 'preparing' ? undefined : step}
        aria-label={words.progress}
        hidden={phase === 'idle' || phase === 'failed'}
      />
      {message && phase !== 'failed' && <p className="remark">{message}</p>}
      <SmallerRate client={client} />
      {cameTrained && <p className="remark">{words.trainedBefore}</p>}
      {resumed && <p className="remark">{resumptionText(resumed)}</p>}
      <Stale client={client} conditional={conditional} />
    </section>
  );
}

function buttonText(phase: Phase, step: number, first: number): string {
  if (phase === 'paused') return words.resume;
  if (step === 0) return words.start;
  return first > 0 ? words.fromScratch : words.again;
}

function statusText(phase: Phase, step: number, steps: number, left: number | null): string {
  const count = words.step(step, steps);
  switch (phase) {
    case 'preparing':
      return words.preparing;
    case 'running':
      if (steps === 0) return words.starting;
      // The first steps are slow, and say little of the others.
      return left === null || step < FEWEST_STEPS ? count : words.left(count, seconds(left));
    case 'stopping':
      return words.stopping;
    case 'paused':
      return steps > 0 ? words.stoppedAt(count) : words.stopped;
    case 'finished':
      return step === 0 ? '' : words.finished(step);
    default:
      return '';
  }
}

function Stale({ client, conditional }: { client: LearnClient; conditional: boolean }) {
  const experiment = useExperiment();
  const trainedOn = useSignal(client.trainedOn);
  const own = useOwnStates(experiment);
  if (!trainedOn) return null;
  const keys = staleKeys(trainedOn, experiment, conditional);
  const names = keys.slice(0, 3).map((key) => labelOf(key, experiment).toLowerCase());
  if (names.length === 0 && client.trainedOwn !== own) names.push(words.otherData);
  if (names.length === 0) return null;
  return (
    <div className="stale" role="status">
      <p>{words.stale(names.join(', '))}</p>
      <button type="button" className="button" onClick={() => client.restart()}>
        {words.retrain}
      </button>
    </div>
  );
}
