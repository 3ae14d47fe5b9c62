/** The main figure: F of this run with error bars, and of kept runs, beside the exact one; windows as handles below. */
import { useMemo } from 'react';
import type { Finding } from '../../core/estimators/finding.ts';
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
import { fixed } from '../../text/format.ts';
import type { ComparedRun } from './use-comparison.ts';
import { WindowButtons, WindowHandles } from './WindowHandles.tsx';
import type { WindowSettings } from './window-settings.ts';

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
  const { experiment, exact, runs, view, finding, windows, selected, select } = props;
  const palette = usePalette();
  const { label: cv, range } = cvOfExperiment(experiment);
  const shown = shownRange(experiment);
  const empty = useEmptyText(finding, runs);
  const bias = seriesOf(view);
  const quantity = hasPotential(experiment) ? `F(${cv}) / kT` : `−log p(${cv})`;
  const shownRuns = useMemo(() => drawn(runs), [runs]);
  const figure = useMemo(
    () =>
      biasedFreeEnergyFigure(
        { exact, runs: shownRuns, bias },
        { cv, shown, range, quantity, empty },
        palette,
      ),
    [exact, shownRuns, bias, cv, shown, range, quantity, empty, palette],
  );
  const present = runs.find((run) => run.present);
  const error = present?.rmse ?? null;
  return (
    <FigureFrame
      className="bias-free-energy"
      title={hasPotential(experiment) ? `Free energy F(${cv})` : quantity}
      numbers={error === null ? undefined : `RMSE ${fixed(error, 2)} kT`}
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
  if (finding && finding.warnings.length > 0 && !finding.freeEnergy)
    return 'No free energy can be drawn: see the warning above.';
  if (phase === 'failed') return 'No free energy: the run broke down.';
  if (finding) return 'No free energy yet: there are too few samples.';
  return phase === 'idle' || phase === 'paused' ? 'Press play to estimate the free energy.' : null;
}

function legendOf(
  experiment: Experiment,
  exact: FreeEnergy | null,
  present: ComparedRun | undefined,
  bias: Series | null,
): LegendEntry[] {
  const kind = runKind(experiment.method);
  return [
    ...(exact ? [{ label: 'exact', kind: 'exact' as const }] : []),
    ...(present ? [{ label: `${present.name} ± 1 s.e.`, kind, mark: 'dot' as const }] : []),
    ...(bias
      ? [
          {
            label: exact ? 'bias above its lowest value, on exact F' : 'bias above its lowest value',
            kind,
            mark: 'area' as const,
          },
        ]
      : []),
    ...(present?.freeEnergy.F.some(Number.isNaN)
      ? [{ label: 'not sampled', kind: 'unvisited' as const, mark: 'area' as const }]
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
  const curves = `Free energy along ${cv}: ${exact ? 'exact curve' : 'no exact curve is known'}`;
  if (!present) return `${curves}; no estimate of this run. ${empty ?? ''}`.trim();
  const size = error === null ? '' : `, root mean square error ${fixed(error, 2)} kT`;
  return `${curves} and the estimate by ${present.name}${size}.`;
}
