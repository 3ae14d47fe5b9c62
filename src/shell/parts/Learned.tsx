/** What the page shows of a slow variable that is learned from data: how far it is, and what it has become. */
import { useMemo } from 'react';
import type { Experiment } from '../../core/params/experiment.ts';
import type { LearnedCoordinate } from '../../core/systems/learned-cv.ts';
import { learnedCoordinateFigure } from '../../plots/learned-coordinate.ts';
import { fixed, plural } from '../../text/format.ts';
import { FigureFrame } from '../figure/FigureFrame.tsx';
import { learned } from '../runs/learned.ts';
import { useSignal } from '../runs/signal.ts';
import { useStore } from '../store.ts';
import { usePalette } from '../theme.ts';
import { isLearned } from './cv-key.ts';
import { Headline } from './Headline.tsx';
import { systemOf } from './system.ts';

/** Why runs cannot begin yet, or null. */
export function useLearnedProblem(experiment: Experiment): string | null {
  useSignal(learned.made);
  return learned.ready(experiment) ? null : 'The slow variable must be learned first';
}

/** In place of a station whose slow variable is not known yet. */
export function LearningFirst({ experiment }: { experiment: Experiment }) {
  const change = useStore((store) => store.change);
  const { phase, share, problem } = useSignal(learned.state);
  const [first] = systemOf(experiment).cvs;
  return (
    <div className="stage unavailable">
      <Headline title={problem === null ? 'Learning the slow variable' : 'No slow variable was learned'}>
        {problem ??
          `A diffusion map is made of ${Number(experiment['close.points']).toLocaleString('en')} states of one trajectory. Its first coordinate will be the slow variable; the same settings always give the same one.`}
      </Headline>
      {problem === null && (
        <>
          <progress max={1} value={share} aria-label="Learning the slow variable" />
          <p className="remark">{phase ?? 'getting ready'}</p>
        </>
      )}
      <div className="comparison-buttons">
        {problem !== null && (
          <button type="button" className="button" onClick={() => learned.again(experiment)}>
            Try again
          </button>
        )}
        <button type="button" className="button" onClick={() => change('cv', first.id)}>
          {`Take ${first.label} instead`}
        </button>
      </div>
    </div>
  );
}

/** The learned coordinate over the plane, where the slow variable is one. */
export function LearnedPanel({ experiment }: { experiment: Experiment }) {
  const coordinate = isLearned(experiment) ? learned.find(experiment) : null;
  return coordinate && <LearnedFigure experiment={experiment} coordinate={coordinate} />;
}

function LearnedFigure({
  experiment,
  coordinate,
}: {
  experiment: Experiment;
  coordinate: LearnedCoordinate;
}) {
  const palette = usePalette();
  const system = systemOf(experiment);
  const { cvs } = system;
  const figure = useMemo(
    () => learnedCoordinateFigure(coordinate, system, palette),
    [coordinate, system, palette],
  );
  const correlation = fixed(coordinate.correlation, 2);
  const count = coordinate.states.values.length / 2;
  return (
    <>
      <FigureFrame
        title="The learned slow variable"
        numbers={`correlation ${correlation}`}
        legend={[{ label: 'states it was learned from', kind: 'simulation', mark: 'dot' }]}
        figure={figure}
        summary={`Levels of the learned slow variable φ, 0 to 1 in steps of 0.1, over ${plural(count, 'state')} from which it was learned. Its correlation with ${cvs[0].label} at these states is ${correlation}.`}
      />
      <p className="remark">
        {`Lines are levels of φ, 0.1 apart. Where there are no states φ is extrapolated, and means little. Correlation: with ${cvs[0].label}, over these states. It was learned from ${(coordinate.forceEvaluations / 1e6).toFixed(2)} M force evaluations, which are not part of the budget.`}
      </p>
    </>
  );
}
