/** What a method says of itself: overlap and windows, figures, traces, and a bias over two variables. */
import { useMemo } from 'react';
import type { Grid } from '../../core/channels.ts';
import type { Experiment } from '../../core/experiment.ts';
import type { BiasView, Finding } from '../../core/method.ts';
import { biasFieldFigure } from '../../plots/bias-field.ts';
import { tracesFigure, tracesHeight } from '../../plots/traces.ts';
import { FigureFrame } from '../FigureFrame.tsx';
import { cvOfExperiment, settingsFor } from '../parts/system.ts';
import { biasing } from '../runs/biasing.ts';
import { runKind } from '../runs/kept-runs.ts';
import { useSampled } from '../signal.ts';
import { usePalette } from '../theme.ts';
import { figureRows } from './figures.ts';
import { OverlapPanel } from './OverlapPanel.tsx';
import { WindowsTable } from './WindowsTable.tsx';

interface DetailsProps {
  readonly experiment: Experiment;
  readonly finding: Finding | null;
  readonly view: BiasView | null;
}

export function Details({ experiment, finding, view }: DetailsProps) {
  const { label } = cvOfExperiment(experiment);
  return (
    <>
      {finding?.overlap && <OverlapPanel overlap={finding.overlap} windows={finding.windows} cv={label} />}
      {finding && finding.windows.length > 0 && <WindowsTable windows={finding.windows} cv={label} />}
      {view?.bias && 'xs' in view.bias && <BiasField experiment={experiment} bias={view.bias} />}
      {finding && finding.estimator !== 'none' && <MethodFigures experiment={experiment} finding={finding} />}
      <Traces experiment={experiment} />
    </>
  );
}

function BiasField({ experiment, bias }: { experiment: Experiment; bias: Grid }) {
  const palette = usePalette();
  const names = useFieldNames(experiment);
  const [first, second] = names;
  const figure = useMemo(
    () => biasFieldFigure(bias, [first, second], palette),
    [bias, first, second, palette],
  );
  return (
    <FigureFrame
      title={`Bias over ${first} and ${second}`}
      legend={[{ label: 'from 0 to its highest value, kT', kind: 'biased', mark: 'area' }]}
      figure={figure}
      summary={`The bias over ${first} and ${second}: darker where more of it lies.`}
    />
  );
}

/** The second variable of a bias is that parameter of the method which names one. */
function useFieldNames(experiment: Experiment): readonly [string, string] {
  const cv = settingsFor(experiment).cv;
  const options = cv.kind === 'choice' ? cv.options : [];
  const labelOf = (id: unknown) => options.find((option) => option.id === id)?.label;
  const second = Object.entries(experiment)
    .filter(([key]) => key.startsWith('method.'))
    .map(([, value]) => labelOf(value))
    .find((label) => label !== undefined);
  return [cvOfExperiment(experiment).label, second ?? 'second variable'];
}

interface FiguresProps {
  readonly experiment: Experiment;
  readonly finding: Finding;
}

function MethodFigures({ experiment, finding }: FiguresProps) {
  return (
    <table className="method-figures">
      <caption>Figures of this run</caption>
      <tbody>
        <tr>
          <th scope="row">estimator</th>
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
      for (const option of spec.options) if (option.id === id) return option.label;
  return id.replaceAll('-', ' ');
}

const MOST_TRACES = 6;
/** Several panels take long to draw. */
const REFRESH = 1130;

function Traces({ experiment }: { experiment: Experiment }) {
  const palette = usePalette();
  const { budget, method } = experiment;
  const view = useSampled(biasing.frame, REFRESH)?.view;
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
        title="How the run goes"
        figure={figure}
        summary={`Against force evaluations: ${traces.map(({ label }) => label).join('; ')}.`}
      />
    </div>
  );
}
