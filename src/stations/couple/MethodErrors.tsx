/** Error of F against force evaluations, of all methods. */

import { useMemo } from 'react';
import type { Experiment } from '../../core/params/experiment.ts';
import { convergenceFigure } from '../../plots/convergence.ts';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { usePalette } from '../../shell/theme.ts';
import { text } from '../../text/index.ts';
import { looks } from './looks.ts';
import type { ScoredMethod } from './use-methods.ts';

const words = text.couple.errors;

interface ErrorsProps {
  readonly experiment: Experiment;
  readonly scored: readonly ScoredMethod[];
  readonly shown: string;
}

export function MethodErrors({ experiment, scored, shown }: ErrorsProps) {
  const palette = usePalette();
  const { budget } = experiment;
  const figure = useMemo(
    () =>
      convergenceFigure(
        scored.map(({ method, notes }) => ({
          family: looks[method].family,
          mark: looks[method].mark,
          label: looks[method].name,
          notes,
          present: method === shown,
        })),
        { budget, empty: words.empty },
        palette,
      ),
    [scored, shown, budget, palette],
  );
  return (
    <FigureFrame className="coupled-errors" title={words.title} figure={figure} summary={summaryOf(scored)} />
  );
}

function summaryOf(scored: readonly ScoredMethod[]): string {
  const ends = scored.flatMap(({ method, rmse }) =>
    rmse === null ? [] : [{ name: looks[method].name, rmse }],
  );
  return words.summary(ends);
}
