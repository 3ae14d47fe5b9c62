/** The main figure: F of this run with error bars, and of kept runs, beside the exact one; windows as handles below. */

import { useMemo } from 'react';
import type { Finding } from '../../core/estimators/finding.ts';
import { comparable } from '../../core/metrics/free-energy-error.ts';
import type { FreeEnergy, Series } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { BiasView } from '../../core/sampling/method.ts';
import { BIASED_MARGINS, biasedFreeEnergyFigure, type ShownRun } from '../../plots/biased-free-energy.ts';
import { FigureFrame, type LegendEntry } from '../../shell/figure/FigureFrame.tsx';
import { cvOfExperiment, hasPotential, shownRange } from '../../shell/parts/system.ts';
import { biasing } from '../../shell/runs/biasing.ts';
import { runKind } from '../../shell/runs/kept-runs.ts';
import { useSignal } from '../../shell/runs/signal.ts';
import { usePalette } from '../../shell/theme.ts';
import { text } from '../../text/index.ts';
import type { ComparedRun } from './use-comparison.ts';
import { WindowButtons, WindowHandles } from './WindowHandles.tsx';
import type { WindowSettings } from './window-settings.ts';

const words = text.bias.freeEnergy;

interface PanelProps {
  readonly experiment: Experiment;
  readonly exact: FreeEnergy | null;
  readonly runs: readonly ComparedRun[];
  readonly view: BiasView | null;
  readonly finding: Finding | null;
  readonly windows: WindowSettings | null;
  readonly selected: number | null;
  readonly select: (index: number | null) => void;
}

export function BiasedFreeEnergy(props: PanelProps) {
  const { experiment, runs, view, finding, windows, selected, select } = props;
  const palette = usePalette();
  const { label: cv, range } = cvOfExperiment(experiment);
  const shown = shownRange(experiment);
  const empty = useEmptyText(finding, runs);
  const bias = seriesOf(view);
  const quantity = hasPotential(experiment)
    ? text.parts.freeEnergyInKt(cv)
    : text.parts.negativeLogDensity(cv);
  const shownRuns = useMemo(() => drawn(runs), [runs]);
  const present = runs.find((run) => run.present);
  const of = present?.freeEnergy.of ?? 'bin';
  const exact = useMemo(() => props.exact && comparable(props.exact, of), [props.exact, of]);
  const figure = useMemo(
    () =>
      biasedFreeEnergyFigure(
        { exact, runs: shownRuns, bias },
        { cv, shown, range, quantity, empty },
        palette,
      ),
    [exact, shownRuns, bias, cv, shown, range, quantity, empty, palette],
  );
  const error = present?.rmse ?? null;
  return (
    <FigureFrame
      className="bias-free-energy"
      title={hasPotential(experiment) ? text.parts.freeEnergy(cv) : quantity}
      numbers={text.parts.error(present ?? null)}
      legend={legendOf(experiment, exact, present, bias)}
      extra={windows && <WindowButtons windows={windows} selected={selected} />}
      figure={figure}
      summary={summaryOf(cv, exact, present, error, empty)}
    >
      {windows && (
        <WindowHandles
          windows={windows}
          springs={(view?.windows ?? []).map(({ springConstant }) => springConstant)}
          shown={shown}
          margins={BIASED_MARGINS}
          cv={cv}
          selected={selected}
          select={select}
        />
      )}
    </FigureFrame>
  );
}

function drawn(runs: readonly ComparedRun[]): ShownRun[] {
  return runs
    .filter(({ hidden, present }) => present || !hidden)
    .map(({ kind, mark, freeEnergy, present }) => ({ family: kind, mark, freeEnergy, present }))
    .sort((a, b) => Number(a.present) - Number(b.present));
}

function seriesOf(view: BiasView | null): Series | null {
  return view?.bias && 'x' in view.bias ? view.bias : null;
}

/** Why there is no curve of this run. */
function useEmptyText(finding: Finding | null, runs: readonly ComparedRun[]): string | null {
  const { phase } = useSignal(biasing.state);
  if (runs.some(({ present }) => present)) return null;
  if (finding && finding.warnings.length > 0 && !finding.freeEnergy) return words.forbidden;
  if (phase === 'failed') return words.failed;
  if (finding) return words.tooFew;
  return phase === 'idle' || phase === 'paused' ? words.pressPlay : null;
}

function legendOf(
  experiment: Experiment,
  exact: FreeEnergy | null,
  present: ComparedRun | undefined,
  bias: Series | null,
): LegendEntry[] {
  const kind = runKind(experiment.method);
  return [
    ...(exact ? [{ label: words.exact, kind: 'exact' as const }] : []),
    ...(present ? [{ label: words.estimate(present.name), kind, mark: 'dot' as const }] : []),
    ...(bias
      ? [
          {
            label: exact ? words.biasOnExact : words.bias,
            kind,
            mark: 'area' as const,
          },
        ]
      : []),
    ...(present?.freeEnergy.F.some(Number.isNaN)
      ? [{ label: words.notSampled, kind: 'unvisited' as const, mark: 'area' as const }]
      : []),
  ];
}

function summaryOf(
  cv: string,
  exact: FreeEnergy | null,
  present: ComparedRun | undefined,
  error: number | null,
  empty: string | null,
): string {
  const curves = words.summary(cv, exact !== null);
  if (!present) return words.noEstimate(curves, empty ?? '');
  return words.estimated(curves, present.name, error);
}
