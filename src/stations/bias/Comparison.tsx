/** Error against cost of every run made on this system, with a list in which runs are named, hidden and deleted. */

import { useMemo } from 'react';
import type { FreeEnergy } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { convergenceFigure } from '../../plots/convergence.ts';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { saveBlob } from '../../shell/figure/PlotView.tsx';
import { hasExactDensity } from '../../shell/parts/system.ts';
import { REFRESH } from '../../shell/refresh.ts';
import { baseline } from '../../shell/runs/baseline.ts';
import { useSampled, useSignal } from '../../shell/runs/signal.ts';
import { usePalette } from '../../shell/theme.ts';
import { text } from '../../text/index.ts';
import { comparisonCsv } from './comparison-csv.ts';
import { RunList } from './RunList.tsx';
import type { ComparedRun } from './use-comparison.ts';

const words = text.bias.comparison;

interface ComparisonProps {
  readonly experiment: Experiment;
  readonly exact: FreeEnergy | null;
  readonly runs: readonly ComparedRun[];
}

export function Comparison({ experiment, exact, runs }: ComparisonProps) {
  const palette = usePalette();
  const { budget } = experiment;
  const empty = exact || hasExactDensity(experiment) ? words.none : words.noExact;
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
    <section className="comparison" aria-label={words.title}>
      <FigureFrame
        className="tall"
        title={words.errors}
        figure={figure}
        summary={words.summary(runs.filter(({ rmse }) => rmse !== null))}
      />
      <RunList runs={runs} />
      <div className="comparison-buttons">
        <BaselineButton experiment={experiment} />
        <button
          type="button"
          className="button"
          disabled={runs.length === 0}
          title={words.csvHint}
          onClick={() =>
            saveBlob(new Blob([comparisonCsv(runs, exact)], { type: 'text/csv' }), 'saddle-comparison.csv')
          }
        >
          {words.csv}
        </button>
      </div>
      <BaselineProblem />
    </section>
  );
}

function BaselineButton({ experiment }: { experiment: Experiment }) {
  const share = useSampled(baseline.share, REFRESH.baseline);
  if (share !== null)
    return (
      <button type="button" className="button" onClick={() => baseline.cancel()}>
        {words.directProgress(share)}
      </button>
    );
  return (
    <button
      type="button"
      className="button"
      title={words.directHint}
      onClick={() => baseline.run(experiment)}
    >
      {words.direct}
    </button>
  );
}

function BaselineProblem() {
  const problem = useSignal(baseline.problem);
  if (!problem) return null;
  return (
    <div className="problem" role="alert">
      <p>{words.directProblem(problem)}</p>
    </div>
  );
}
