/** What the page shows of a slow variable that is learned from data: how far it is, and what it has become. */

import { useMemo } from 'react';
import { closeSettingsOf } from '../../core/coarse/settings.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { LearnedCoordinate } from '../../core/systems/learned-cv.ts';
import { learnedCoordinateFigure } from '../../plots/learned-coordinate.ts';
import { text } from '../../text/index.ts';
import { FigureFrame } from '../figure/FigureFrame.tsx';
import { learned } from '../runs/learned.ts';
import { useSignal } from '../runs/signal.ts';
import { useExperiment, useOfExperiment, useStore } from '../store.ts';
import { usePalette } from '../theme.ts';
import { isLearned } from './derived.ts';
import { Headline } from './Headline.tsx';
import { systemOf } from './system.ts';

const words = text.parts.learned;

/** Why runs cannot begin yet, or null. */
export function useLearnedProblem(): string | null {
  useSignal(learned.made);
  const ready = useOfExperiment((experiment) => learned.ready(experiment));
  return ready ? null : words.needed;
}

/** In place of a station whose slow variable is not known yet. */
export function LearningFirst() {
  const experiment = useExperiment();
  const change = useStore((store) => store.change);
  const { phase, share, problem } = useSignal(learned.state);
  const [first] = systemOf(experiment).cvs;
  return (
    <div className="stage unavailable">
      <Headline title={problem === null ? words.learning : words.failed}>
        {problem ?? words.how(closeSettingsOf(experiment).points)}
      </Headline>
      {problem === null && (
        <>
          <progress max={1} value={share} aria-label={words.learning} />
          <p className="remark">{phase ?? words.preparing}</p>
        </>
      )}
      <div className="comparison-buttons">
        {problem !== null && (
          <button type="button" className="button" onClick={() => learned.again(experiment)}>
            {words.again}
          </button>
        )}
        <button type="button" className="button" onClick={() => change('cv', first.id)}>
          {words.instead(first.label)}
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
  const { correlation, forceEvaluations } = coordinate;
  const states = coordinate.states.values.length / 2;
  const facts = { states, cv: cvs[0].label, correlation, forceEvaluations };
  return (
    <>
      <FigureFrame
        title={words.title}
        numbers={words.correlation(correlation)}
        legend={[{ label: words.states, kind: 'simulation', mark: 'dot' }]}
        figure={figure}
        summary={words.summary(facts)}
      />
      <p className="remark">{words.remark(facts)}</p>
    </>
  );
}
