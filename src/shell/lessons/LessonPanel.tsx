/** The open step of a lesson beside its experiment: prose, prediction, what is to be reached, explanation. */
import { useEffect } from 'react';
import { Problem } from '../../core/message.ts';
import { parseExpression } from '../../lessons/expression.ts';
import type { Lesson, Step } from '../../lessons/lesson.ts';
import { figuresOf } from '../../lessons/markdown.ts';
import { short } from '../../text/format.ts';
import { text } from '../../text/index.ts';
import { shareLink } from '../link.ts';
import { CloseIcon } from '../parts/icons.tsx';
import { useSignal } from '../runs/signal.ts';
import { stationOf } from '../station.ts';
import { useOfExperiment } from '../store.ts';
import { useLesson } from './lesson-store.ts';
import { useEntry, useNotebook } from './notebook.ts';
import { Outcome, PredictionForm } from './PredictionForm.tsx';
import { Prose } from './Prose.tsx';
import { type Answer, scoreOf } from './scoring.ts';
import { type Read, useResults } from './use-results.ts';

const words = text.lessons;

export function LessonPanel() {
  const { lesson, at } = useLesson();
  if (!lesson) return null;
  return (
    <section className="lesson" aria-label={words.panel(lesson.title)}>
      <header>
        <p>
          <b>{lesson.title}</b> <span className="place">{words.place(at + 1, lesson.steps.length)}</span>
        </p>
        <button
          type="button"
          className="icon-button"
          aria-label={words.leave}
          title={words.leave}
          onClick={() => useLesson.getState().leave()}
        >
          <CloseIcon />
        </button>
      </header>
      <StepView key={`${lesson.id}/${at}`} lesson={lesson} step={lesson.steps[at]} at={at} />
    </section>
  );
}

interface StepProps {
  readonly lesson: Lesson;
  readonly step: Step;
  readonly at: number;
}

function StepView({ lesson, step, at }: StepProps) {
  const entry = useEntry(lesson.id, step.title);
  const read = useResults(`${lesson.id}/${at}`);
  const run = useOfExperiment((experiment) => stationOf(experiment).run);
  const { phase } = useSignal(run.state);
  const waits = step.predict !== null && (entry?.answer ?? null) === null;
  useWaiting(waits);
  const note = useNotebook((notebook) => notebook.note);
  const reached = step.check ? step.check.value(read) === true : phase === 'finished';
  const done = (entry?.link ?? null) !== null;
  const answer = entry?.answer ?? null;
  useEffect(() => {
    if (waits || done || !reached) return;
    const score = step.predict && answer !== null ? scoreOf(step.predict, answer, read) : null;
    if (step.predict && score === null) return;
    note(lesson.id, step.title, { score, link: shareLink(), figures: figuresOfStep(step, read) });
  }, [waits, done, reached, step, answer, read, note, lesson.id]);
  const figure = (expression: string) => figureText(expression, read, entry?.figures ?? {});
  return (
    <>
      {at === 0 && lesson.introduction && <Prose text={lesson.introduction} figure={figure} />}
      <h2>{step.title}</h2>
      <Prose text={step.prose} figure={figure} />
      {step.predict && waits && (
        <PredictionForm
          prediction={step.predict}
          submit={(given: Answer) => {
            note(lesson.id, step.title, { answer: given });
            run.play();
          }}
        />
      )}
      {step.predict && answer !== null && (
        <Outcome prediction={step.predict} answer={answer} score={entry?.score ?? null} read={read} />
      )}
      {!waits && <p className={done ? 'reached' : 'open'}>{done ? words.reached : words.notYet}</p>}
      {step.hint && !done && (
        <details className="lesson-hint">
          <summary>{words.hint}</summary>
          <Prose text={step.hint} figure={figure} />
        </details>
      )}
      {done && step.explain && <Prose text={step.explain} figure={figure} />}
      <Steps lesson={lesson} at={at} done={done} />
    </>
  );
}

/** A run that begins by itself waits for the prediction. */
function useWaiting(waits: boolean): void {
  const run = useOfExperiment((experiment) => stationOf(experiment).run);
  const { phase } = useSignal(run.state);
  useEffect(() => {
    if (waits && (phase === 'running' || phase === 'preparing')) run.pause();
  }, [waits, phase, run]);
}

function Steps({ lesson, at, done }: { lesson: Lesson; at: number; done: boolean }) {
  const { open, leave } = useLesson.getState();
  const last = at === lesson.steps.length - 1;
  return (
    <nav className="lesson-steps" aria-label={words.steps}>
      <button type="button" className="button" disabled={at === 0} onClick={() => open(lesson, at - 1)}>
        {words.back}
      </button>
      <button
        type="button"
        className={`button ${done ? 'primary' : ''}`}
        onClick={() => (last ? leave() : open(lesson, at + 1))}
      >
        {last ? words.finish : done ? words.next : words.skip}
      </button>
    </nav>
  );
}

/** Numbers that the step names, as the run has them. */
function figuresOfStep(step: Step, read: Read): Record<string, number> {
  const predicted = step.predict?.kind === 'number' ? step.predict.answer.names : [];
  const quoted = figuresOf(`${step.prose}\n\n${step.explain ?? ''}`);
  const names = [...(step.check?.names ?? []), ...predicted];
  const values = [
    ...names.map((name) => [name, read(name)] as const),
    ...quoted.map((expression) => [expression, numberOf(expression, read)] as const),
  ];
  return Object.fromEntries(values.filter((pair): pair is [string, number] => typeof pair[1] === 'number'));
}

function numberOf(expression: string, read: Read): unknown {
  try {
    return parseExpression(expression).value(read);
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/** What was noted when the step was done stays, whatever runs since. */
function figureText(expression: string, read: Read, noted: Readonly<Record<string, number>>): string {
  const value = noted[expression] ?? numberOf(expression, read);
  return typeof value === 'number' ? short(value) : '…';
}
