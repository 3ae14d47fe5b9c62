/** What the runs on the page teach. */
import { useMemo } from 'react';
import type { Experiment } from '../../core/params/experiment.ts';
import { systemOf } from '../../shell/parts/system.ts';
import { text } from '../../text/index.ts';
import { type Lesson, lessonsOf } from './lessons.ts';
import type { ScoredMethod } from './use-methods.ts';

const words = text.couple.lessons;

interface LessonsProps {
  readonly experiment: Experiment;
  readonly scored: readonly ScoredMethod[];
}

export function Lessons({ experiment, scored }: LessonsProps) {
  const rests = systemOf(experiment).coordinates.length - 1;
  const lessons = useMemo(() => lessonsOfMethods(scored, rests), [scored, rests]);
  return (
    <section className="lessons" aria-label={words.label}>
      <h3>{words.label}</h3>
      {lessons.length === 0 ? (
        <p className="remark">{words.empty}</p>
      ) : (
        <>
          <dl>
            {lessons.map(({ id, title, text: sentence }) => (
              <div key={id} data-lesson={id}>
                <dt>{title}</dt>
                <dd>{sentence}</dd>
              </div>
            ))}
          </dl>
          <p className="remark">{words.scatter}</p>
        </>
      )}
    </section>
  );
}

function lessonsOfMethods(scored: readonly ScoredMethod[], rests: number): Lesson[] {
  return lessonsOf(
    scored.flatMap(({ method, phase, rmse, notes, frame }) => {
      if (phase !== 'finished' || rmse === null || !frame) return [];
      const { overall } = frame.view.acceptance;
      const acceptance = Number.isFinite(overall) ? overall : null;
      return [{ method, rmse, notes, acceptance, seconds: frame.seconds }];
    }),
    rests,
  );
}
