/** Error against cost of every run made on this system, with a list in which runs are named, hidden and deleted. */
import { useMemo } from 'react';
import type { FreeEnergy } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { convergenceFigure } from '../../plots/convergence.ts';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { saveBlob } from '../../shell/figure/PlotView.tsx';
import { hasExactDensity } from '../../shell/parts/system.ts';
import { baseline } from '../../shell/runs/baseline.ts';
import { useSampled, useSignal } from '../../shell/runs/signal.ts';
import { usePalette } from '../../shell/theme.ts';
import { fixed } from '../../text/format.ts';
import { comparisonCsv } from './comparison-csv.ts';
import { RunList } from './RunList.tsx';
import type { ComparedRun } from './use-comparison.ts';

interface ComparisonProps {
  readonly experiment: Experiment;
  readonly exact: FreeEnergy | null;
  readonly runs: readonly ComparedRun[];
}

export function Comparison({ experiment, exact, runs }: ComparisonProps) {
  const palette = usePalette();
  const { budget } = experiment;
  const empty =
    exact || hasExactDensity(experiment)
      ? 'No free energy has been found yet.'
      : 'No exact curve is known: no error.';
  const figure = useMemo(
    () =>
      convergenceFigure(
        runs
          .filter(({ hidden, present }) => present || !hidden)
          .map(({ kind, mark, notes }) => ({ family: kind, mark, notes })),
        { budget, empty },
        palette,
      ),
    [runs, budget, empty, palette],
  );
  return (
    <section className="comparison" aria-label="Comparison of runs">
      <FigureFrame
        className="tall"
        title="Error against force evaluations"
        figure={figure}
        summary={summaryOf(runs)}
      />
      <RunList runs={runs} />
      <div className="comparison-buttons">
        <BaselineButton experiment={experiment} />
        <button
          type="button"
          className="button"
          disabled={runs.length === 0}
          title="Errors against cost and free energies of all runs in the list"
          onClick={() =>
            saveBlob(new Blob([comparisonCsv(runs, exact)], { type: 'text/csv' }), 'saddle-comparison.csv')
          }
        >
          Export CSV
        </button>
      </div>
      <BaselineProblem />
    </section>
  );
}

/** Percents change often: the button is drawn seldom. */
const REFRESH = 230;

function BaselineButton({ experiment }: { experiment: Experiment }) {
  const share = useSampled(baseline.share, REFRESH);
  if (share !== null)
    return (
      <button type="button" className="button" onClick={() => baseline.cancel()}>
        {`Direct simulation ${fixed(100 * share, 0)} % · cancel`}
      </button>
    );
  return (
    <button
      type="button"
      className="button"
      title="As many force evaluations without any bias, with the same seed, start and time step"
      onClick={() => baseline.run(experiment)}
    >
      Run direct simulation at the same cost
    </button>
  );
}

function BaselineProblem() {
  const problem = useSignal(baseline.problem);
  if (!problem) return null;
  return (
    <div className="problem" role="alert">
      <p>{`Direct simulation: ${problem}`}</p>
    </div>
  );
}

function summaryOf(runs: readonly ComparedRun[]): string {
  const known = runs.filter(({ rmse }) => rmse !== null);
  if (known.length === 0) return 'Root mean square error of F against force evaluations: no run yet.';
  return `Root mean square error of F against force evaluations. ${known
    .map(({ name, rmse }) => `${name}: ${fixed(rmse ?? Number.NaN, 2)} kT`)
    .join('; ')}.`;
}
