import { useMemo } from 'react';
import { lossFigure } from '../../plots/loss.ts';
import { FigureFrame } from '../FigureFrame.tsx';
import { short } from '../format.ts';
import type { LearnClient } from '../runs/learning.ts';
import { useSampled } from '../signal.ts';
import { useExperiment } from '../store.ts';
import { usePalette } from '../theme.ts';

const REFRESH = 400;
const AVERAGED = 50;

export function LossStrip({ client, className = 'strip' }: { client: LearnClient; className?: string }) {
  const palette = usePalette();
  const experiment = useExperiment();
  const { losses, steps } = useSampled(client.progress, REFRESH);
  const planned = steps || Number(experiment['train.steps']);
  const figure = useMemo(() => lossFigure(losses, planned, palette), [losses, planned, palette]);
  const last = losses.subarray(Math.max(0, losses.length - AVERAGED));
  const mean = last.reduce((a, b) => a + b, 0) / last.length;
  const text = last.length > 0 ? short(mean) : null;
  return (
    <FigureFrame
      className={className}
      title="Loss"
      numbers={text ?? undefined}
      figure={figure}
      summary={text ? `Training loss, now ${text}.` : 'Training loss: nothing is trained yet.'}
    />
  );
}
