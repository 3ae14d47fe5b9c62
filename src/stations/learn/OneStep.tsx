/** A single step of training in slow motion. */
import { useMemo } from 'react';
import type { Experiment } from '../../core/params/experiment.ts';
import { minibatchFigure, shownRows, windowAround } from '../../plots/minibatch.ts';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { systemOf } from '../../shell/parts/system.ts';
import { learners } from '../../shell/runs/learning.ts';
import { isBusy } from '../../shell/runs/run.ts';
import { useSampled, useSignal } from '../../shell/runs/signal.ts';
import { usePalette } from '../../shell/theme.ts';
import { plural, short } from '../../text/format.ts';

const client = learners.learn;
const REFRESH = 200;

/** Takes one step and shows what it looked at. */
export function StepButton() {
  const state = useSignal(client.state);
  const { step, steps } = useSampled(client.progress, REFRESH);
  return (
    <button
      type="button"
      className="button"
      title={`One minibatch: noisy states, what the network answers, and what it should answer${step > 0 && step >= steps ? '. Begins a new training: this one has ended' : ''}`}
      disabled={isBusy(state)}
      onClick={() => client.stepOnce()}
    >
      One step
    </button>
  );
}

/** Nothing before the first single step. */
export function OneStep({ experiment }: { experiment: Experiment }) {
  const palette = usePalette();
  const minibatch = useSignal(client.minibatch);
  const { step, losses } = useSampled(client.progress, REFRESH);
  const { phase } = useSignal(client.state);
  const { coordinates, domain } = systemOf(experiment);
  const window = useMemo(() => windowAround(domain), [domain]);
  const figure = useMemo(
    () => minibatch && minibatchFigure(minibatch, { names: coordinates, window }, palette),
    [minibatch, coordinates, window, palette],
  );
  if (!minibatch || phase === 'running' || !client.fits(experiment)) return null;
  const loss = losses.at(-1) ?? Number.NaN;
  const batch = minibatch.sigmas.length;
  const shown = shownRows(minibatch, window).length;
  return (
    <section aria-label="One training step">
      <FigureFrame
        className="square"
        title={`Step ${step.toLocaleString('en')}`}
        numbers={`loss ${short(loss)}`}
        legend={[
          { label: 'noisy states', kind: 'simulation', mark: 'dot' },
          { label: 'where they came from', kind: 'exact' },
          { label: 'the network’s answer', kind: 'model' },
        ]}
        figure={figure}
        summary={`Training step ${step}: ${shown} noisy states with arrows to the states they came from and to the answers of the network; loss ${short(loss)}.`}
      />
      <p className="remark field-error">
        {`${plural(batch, 'state')} of the data got noise of ${short(quantile(minibatch.sigmas, 0.05), 1)} to ${short(quantile(minibatch.sigmas, 0.95), 1)} standard deviations (nine in ten); ${shown} that stay in the picture are drawn. No answer can match: a noisy state may come from many places, and the best answer is their mean. The mean squared miss, weighted by noise, is the loss; its gradient has just moved the weights.`}
      </p>
    </section>
  );
}

function quantile(values: Float32Array, share: number): number {
  const sorted = values.slice().sort();
  return sorted[Math.floor(share * (sorted.length - 1))];
}
