/** What a method says of itself: overlap and windows, figures, traces, and a bias over two variables. */

import { useMemo } from 'react';
import type { Finding } from '../../core/estimators/finding.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { biasFieldFigure } from '../../plots/bias-field.ts';
import { extent } from '../../plots/figure.ts';
import { tracesFigure, tracesHeight } from '../../plots/traces.ts';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { settingsFor } from '../../shell/parts/derived.ts';
import { cvOfExperiment, systemOf } from '../../shell/parts/system.ts';
import { REFRESH } from '../../shell/refresh.ts';
import { biasing } from '../../shell/runs/biasing.ts';
import { runKind } from '../../shell/runs/kept-runs.ts';
import { useSampled } from '../../shell/runs/signal.ts';
import { usePalette } from '../../shell/theme.ts';
import { fixed } from '../../text/format.ts';
import { optionLabel, say, text } from '../../text/index.ts';
import { figureRows } from './figures.ts';
import { OverlapPanel } from './OverlapPanel.tsx';
import { WindowsTable } from './WindowsTable.tsx';

const words = text.bias.details;

interface DetailsProps {
  readonly experiment: Experiment;
  readonly finding: Finding | null;
}

export function Details({ experiment, finding }: DetailsProps) {
  const { label } = cvOfExperiment(experiment);
  return (
    <>
      {finding?.overlap && <OverlapPanel overlap={finding.overlap} windows={finding.windows} cv={label} />}
      {finding && finding.windows.length > 0 && <WindowsTable windows={finding.windows} cv={label} />}
      <BiasField experiment={experiment} />
      {finding && finding.estimator !== 'none' && <MethodFigures experiment={experiment} finding={finding} />}
      <Traces experiment={experiment} />
    </>
  );
}

function BiasField({ experiment }: { experiment: Experiment }) {
  const palette = usePalette();
  const [first, second] = fieldNames(experiment);
  const bias = useSampled(biasing.frame, REFRESH.biasField)?.view.bias ?? null;
  const grid = bias && 'xs' in bias ? bias : null;
  const figure = useMemo(
    () => grid && biasFieldFigure(grid, [first, second], palette),
    [grid, first, second, palette],
  );
  if (!grid) return null;
  return (
    <FigureFrame
      title={words.field(first, second)}
      extra={<HeightLegend highest={extent(grid.values)[1]} />}
      figure={figure}
      summary={words.fieldSummary(first, second)}
    />
  );
}

function HeightLegend({ highest }: { highest: number }) {
  const { paper, biased } = usePalette();
  return (
    <span className="color-bar">
      0 <i style={{ background: `linear-gradient(90deg, ${paper}, ${biased})` }} />{' '}
      {text.parts.legendCeiling(fixed(highest, 1))}
    </span>
  );
}

/** The second variable of a bias is that parameter of the method which names one. */
function fieldNames(experiment: Experiment): readonly [string, string] {
  const { cvs } = systemOf(experiment);
  const second = Object.entries(experiment)
    .filter(([key]) => key.startsWith('method.'))
    .map(([, value]) => cvs.find(({ id }) => id === value)?.label)
    .find((label) => label !== undefined);
  return [cvOfExperiment(experiment).label, second ?? words.secondVariable];
}

interface FiguresProps {
  readonly experiment: Experiment;
  readonly finding: Finding;
}

function MethodFigures({ experiment, finding }: FiguresProps) {
  return (
    <table className="method-figures">
      <caption>{words.statistics}</caption>
      <tbody>
        <tr>
          <th scope="row">{words.estimator}</th>
          <td>{estimatorName(experiment, finding.estimator)}</td>
        </tr>
        {figureRows(finding.figures).map(({ name, text }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** As the setting calls it, where it is one. */
function estimatorName(experiment: Experiment, id: string): string {
  for (const [key, spec] of Object.entries(settingsFor(experiment)))
    if (key.startsWith('method.') && spec.kind === 'choice')
      for (const option of spec.options) if (option.id === id) return optionLabel(key, option, experiment);
  return id.replaceAll('-', ' ');
}

const MOST_TRACES = 6;

function Traces({ experiment }: { experiment: Experiment }) {
  const palette = usePalette();
  const { budget, method } = experiment;
  const view = useSampled(biasing.frame, REFRESH.biasTraces)?.view;
  const traces = useMemo(() => view?.traces.slice(0, MOST_TRACES) ?? [], [view]);
  const family = runKind(method);
  const figure = useMemo(
    () => tracesFigure(traces, { budget, family }, palette),
    [traces, budget, family, palette],
  );
  if (traces.length === 0) return null;
  return (
    <div style={{ '--plot-height': `${tracesHeight(traces.length)}px` } as React.CSSProperties}>
      <FigureFrame
        className="traces"
        title={words.progress}
        figure={figure}
        summary={words.progressSummary(traces.map(({ label }) => say(label)))}
      />
    </div>
  );
}
