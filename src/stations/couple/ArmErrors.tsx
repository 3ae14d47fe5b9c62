/** Error of F against force evaluations, of all arms. */

import { useMemo } from 'react';
import type { Experiment } from '../../core/params/experiment.ts';
import { convergenceFigure } from '../../plots/convergence.ts';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { usePalette } from '../../shell/theme.ts';
import { text } from '../../text/index.ts';
import { looks } from './looks.ts';
import type { ScoredArm } from './use-arms.ts';

const words = text.couple.errors;

interface ErrorsProps {
  readonly experiment: Experiment;
  readonly scored: readonly ScoredArm[];
  readonly shown: string;
}

export function ArmErrors({ experiment, scored, shown }: ErrorsProps) {
  const palette = usePalette();
  const { budget } = experiment;
  const figure = useMemo(
    () =>
      convergenceFigure(
        scored.map(({ arm, notes }) => ({
          family: looks[arm].family,
          mark: looks[arm].mark,
          label: looks[arm].name,
          notes,
          present: arm === shown,
        })),
        { budget, empty: words.empty },
        palette,
      ),
    [scored, shown, budget, palette],
  );
  return (
    <FigureFrame className="arm-errors" title={words.title} figure={figure} summary={summaryOf(scored)} />
  );
}

function summaryOf(scored: readonly ScoredArm[]): string {
  const ends = scored.flatMap(({ arm, rmse }) => (rmse === null ? [] : [{ name: looks[arm].name, rmse }]));
  return words.summary(ends);
}
