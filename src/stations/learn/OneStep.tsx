/** A single step of training in slow motion. */

import { useMemo } from 'react';
import type { Experiment } from '../../core/params/experiment.ts';
import { minibatchFigure, shownRows, windowAround } from '../../plots/minibatch.ts';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { systemOf } from '../../shell/parts/system.ts';
import { REFRESH } from '../../shell/refresh.ts';
import { learners } from '../../shell/runs/learning.ts';
import { isBusy } from '../../shell/runs/run.ts';
import { useSampled, useSignal } from '../../shell/runs/signal.ts';
import { usePalette } from '../../shell/theme.ts';
import { text } from '../../text/index.ts';

const client = learners.learn;
const words = text.learn.step;

/** Takes one step and shows what it looked at. */
export function StepButton() {
  const state = useSignal(client.state);
  const { step, steps } = useSampled(client.progress, REFRESH.oneStep);
  return (
    <button
      type="button"
      className="button"
      title={step > 0 && step >= steps ? words.hintNew : words.hint}
      disabled={isBusy(state)}
      onClick={() => client.stepOnce()}
    >
      {words.button}
    </button>
  );
}

/** Nothing before the first single step. */
export function OneStep({ experiment }: { experiment: Experiment }) {
  const palette = usePalette();
  const minibatch = useSignal(client.minibatch);
  const { step, losses } = useSampled(client.progress, REFRESH.oneStep);
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
    <section aria-label={words.label}>
      <FigureFrame
        className="square"
        title={words.title(step)}
        numbers={words.loss(loss)}
        legend={[
          { label: words.noisy, kind: 'simulation', mark: 'dot' },
          { label: words.clean, kind: 'exact' },
          { label: words.output, kind: 'model' },
        ]}
        figure={figure}
        summary={words.summary(step, shown, loss)}
      />
      <p className="remark field-error">
        {words.remark({
          states: batch,
          low: quantile(minibatch.sigmas, 0.05),
          high: quantile(minibatch.sigmas, 0.95),
          shown,
        })}
      </p>
    </section>
  );
}

function quantile(values: Float32Array, share: number): number {
  const sorted = values.slice().sort();
  return sorted[Math.floor(share * (sorted.length - 1))];
}
