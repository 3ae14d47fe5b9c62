/** F of the method that is looked at with its error bars, and of those with a tick that have ended, beside the exact one. */

import { useMemo } from 'react';
import { coupledMethodsOf } from '../../core/coupling/contract.ts';
import { coupleSettingsOf } from '../../core/coupling/settings.ts';
import type { FreeEnergy } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { biasedFreeEnergyFigure, type ShownRun } from '../../plots/biased-free-energy.ts';
import { FigureFrame, type LegendEntry } from '../../shell/figure/FigureFrame.tsx';
import { cvOfExperiment, shownRange } from '../../shell/parts/system.ts';
import { usePalette } from '../../shell/theme.ts';
import { text } from '../../text/index.ts';
import { looks } from './looks.ts';
import type { ScoredMethod } from './use-methods.ts';

const words = text.couple.freeEnergy;

interface PanelProps {
  readonly experiment: Experiment;
  readonly exact: FreeEnergy | null;
  readonly scored: readonly ScoredMethod[];
  readonly shown: string;
}

export function CoupledFreeEnergy({ experiment, exact, scored, shown }: PanelProps) {
  const palette = usePalette();
  const { label: cv, range } = cvOfExperiment(experiment);
  const axis = shownRange(experiment);
  const present = scored.find(({ method }) => method === shown);
  const runs = useMemo(
    () => drawn(scored, shown, coupledMethodsOf(experiment.arms)),
    [scored, shown, experiment.arms],
  );
  const empty = runs.some((run) => run.present) ? null : words.none;
  const figure = useMemo(
    () =>
      biasedFreeEnergyFigure(
        { exact, runs, bias: null },
        { cv, shown: axis, range, quantity: text.parts.freeEnergyInKt(cv), empty },
        palette,
      ),
    [exact, runs, cv, axis, range, empty, palette],
  );
  const { family, name } = looks[shown];
  const error = present?.rmse ?? null;
  const legend: LegendEntry[] = [
    { label: words.exact, kind: 'exact' },
    { label: words.estimate(name), kind: family, mark: 'dot' },
    ...(runs.length > 1 ? [{ label: words.others, kind: 'asymptotic' as const }] : []),
    { label: words.unvisited, kind: 'unvisited', mark: 'area' },
  ];
  return (
    <FigureFrame
      className="couple-free-energy"
      title={text.parts.freeEnergy(cv)}
      numbers={words.error(text.parts.error(present ?? null), coupleSettingsOf(experiment).ceiling)}
      legend={legend}
      figure={figure}
      summary={error === null ? words.empty(cv, empty ?? words.computing) : words.summary(cv, name, error)}
    />
  );
}

/** Of the others only what has come to its end: curves that still move would hide the one that is looked at. */
function drawn(scored: readonly ScoredMethod[], shown: string, ticked: readonly string[]): ShownRun[] {
  return scored.flatMap(({ method, frame, phase }) => {
    const freeEnergy = frame?.freeEnergy;
    const isDrawn = method === shown || (phase === 'finished' && ticked.includes(method));
    if (!freeEnergy || !isDrawn) return [];
    const { family, mark } = looks[method];
    return [{ family, mark, freeEnergy, present: method === shown }];
  });
}
