/** Windows as they fill, with the acceptance of the model's proposals above them. */

import { useMemo } from 'react';
import { families } from '../../catalog.ts';
import type { CoupleFrame } from '../../core/coupling/frame.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { couplingWindowsFigure } from '../../plots/coupling-windows.ts';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { cvOfExperiment, shownRange } from '../../shell/parts/system.ts';
import { usePalette } from '../../shell/theme.ts';
import { text } from '../../text/index.ts';

const words = text.couple.windows;

interface WindowsProps {
  readonly experiment: Experiment;
  readonly method: string;
  readonly frame: CoupleFrame | null;
  readonly moves: boolean;
}

const NONE = { x: new Float64Array(), y: new Float64Array() };

export function CouplingWindows({ experiment, method, frame, moves }: WindowsProps) {
  const palette = usePalette();
  const { label: cv } = cvOfExperiment(experiment);
  const shown = shownRange(experiment);
  const empty = emptyText(method, moves);
  const figure = useMemo(
    () =>
      couplingWindowsFigure(
        {
          acceptance: frame?.view.acceptance ?? NONE,
          windows: frame?.view.windows ?? [],
          // Walkers without windows are in none.
          occupied: new Set(families.coupledMethods[method].windows ? frame?.view.of : []),
          trained: frame?.view.trained ?? null,
        },
        { cv, shown, empty },
        palette,
      ),
    [frame, method, cv, shown, empty, palette],
  );
  const overall = frame?.view.acceptance.overall ?? Number.NaN;
  return (
    <FigureFrame
      className="strip couple-windows"
      title={words.title(cv)}
      numbers={Number.isFinite(overall) ? words.accepted(overall) : undefined}
      legend={[
        { label: words.acceptance, kind: 'model' },
        { label: words.filled, kind: 'biased', mark: 'area' },
      ]}
      figure={figure}
      summary={summaryOf(cv, frame)}
    />
  );
}

function emptyText(method: string, moves: boolean): string {
  if (families.coupledMethods[method].model === null) return words.noModel;
  return moves ? words.noProposals : words.noRejection;
}

function summaryOf(cv: string, frame: CoupleFrame | null): string {
  if (!frame) return words.noRun(cv);
  const { windows, acceptance } = frame.view;
  const covered = windows.filter((window) => window.covered).length;
  let worst = { at: Number.NaN, share: Number.POSITIVE_INFINITY };
  acceptance.y.forEach((share, i) => {
    if (share < worst.share) worst = { at: acceptance.x[i], share };
  });
  const low = Number.isFinite(worst.share) ? words.lowest(acceptance.overall, cv, worst.at, worst.share) : '';
  return words.summary(covered, windows.length, cv) + low;
}
