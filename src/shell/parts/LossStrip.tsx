import { useMemo } from 'react';
import { trainSettingsOf } from '../../core/generative/training-settings.ts';
import { lossFigure } from '../../plots/loss.ts';
import { short } from '../../text/format.ts';
import { text } from '../../text/index.ts';
import { FigureFrame } from '../figure/FigureFrame.tsx';
import { REFRESH } from '../refresh.ts';
import type { LearnClient } from '../runs/learning.ts';
import { useSampled } from '../runs/signal.ts';
import { useOfExperiment } from '../store.ts';
import { usePalette } from '../theme.ts';

const AVERAGED = 50;
const words = text.parts.loss;

export function LossStrip({ client, className = 'strip' }: { client: LearnClient; className?: string }) {
  const palette = usePalette();
  const { losses, validation, first, steps } = useSampled(client.progress, REFRESH.loss);
  const asked = useOfExperiment((experiment) => trainSettingsOf(experiment).steps);
  const planned = steps || asked;
  const figure = useMemo(
    () => lossFigure({ training: losses, validation, first, steps: planned }, palette),
    [losses, validation, first, planned, palette],
  );
  const last = losses.subarray(Math.max(0, losses.length - AVERAGED));
  const mean = last.reduce((a, b) => a + b, 0) / last.length;
  const heldOut = validation.at(-1);
  return (
    <FigureFrame
      className={className}
      title={words.title}
      numbers={last.length > 0 ? short(mean) : undefined}
      legend={
        heldOut
          ? [
              { label: words.training, kind: 'model' },
              { label: words.validation(heldOut.loss), kind: 'exact' },
            ]
          : []
      }
      figure={figure}
      summary={last.length > 0 ? words.summary(mean, heldOut?.loss) : words.empty}
    />
  );
}
