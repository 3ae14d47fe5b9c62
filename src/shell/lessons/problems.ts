/** Whether everything that a lesson names exists: systems, settings, results, other lessons. */
import { families } from '../../catalog.ts';
import { type Message, Problem } from '../../core/message.ts';
import { parseQuery } from '../../core/settings/query.ts';
import { settingsOf } from '../../core/settings/settings.ts';
import { type Expression, parseExpression } from '../../lessons/expression.ts';
import { type Lesson, LessonError, queryOf, type Step } from '../../lessons/lesson.ts';
import { figuresOf } from '../../lessons/markdown.ts';
import { lessonMessage } from '../../lessons/messages.ts';

/** Names of a check beside the keys of results. */
const OTHERS = ['experiment', 'run'];

export interface Known {
  /** Of all lessons, in their order. */
  readonly lessons: readonly string[];
  /** Keys of the results of any station. */
  readonly results: readonly string[];
}

export function problemsOf(lesson: Lesson, known: Known): LessonError[] {
  const place = known.lessons.indexOf(lesson.id);
  const wrong = lesson.prerequisites.filter(
    (id) => !known.lessons.slice(0, place < 0 ? undefined : place).includes(id),
  );
  return [
    ...wrong.map((id) => new LessonError(lesson.id, 1, null, lessonMessage('lesson-not-before', { id }))),
    ...lesson.steps.flatMap((step) =>
      stepProblems(step, known).map((problem) => new LessonError(lesson.id, step.line, step.title, problem)),
    ),
  ];
}

function stepProblems(step: Step, known: Known): Message[] {
  return [
    ...[step.experiment, step.wrong, step.right].flatMap((query) => queryProblems(step, query)),
    ...shownProblems(step),
    ...expressionsOf(step).flatMap((expression) => nameProblems(expression, known)),
    ...figuresOf(`${step.prose}\n\n${step.explain ?? ''}`).flatMap((text) => figureProblems(text, known)),
  ];
}

function queryProblems(step: Step, changes: string | null): Message[] {
  if (changes === null) return [];
  const { notices } = parseQuery(queryOf(step, changes), families);
  return notices.map(({ key, value, message: problem }) =>
    lessonMessage('lesson-setting', { key, value, problem }),
  );
}

function shownProblems({ experiment, show }: Step): Message[] {
  const settings = settingsOf(families, parseQuery(experiment, families).experiment);
  return (show ?? [])
    .filter((key) => !(key in settings))
    .map((key) => lessonMessage('lesson-setting-unknown', { key }));
}

function expressionsOf({ check, predict }: Step): Expression[] {
  const asked =
    predict?.kind === 'number' ? [predict.answer] : predict?.kind === 'curve' ? [predict.x, predict.y] : [];
  return [...(check ? [check] : []), ...asked];
}

function nameProblems({ names }: Expression, known: Known): Message[] {
  return names
    .filter((name) => ![...known.results, ...OTHERS].includes(name.split('.')[0]))
    .map((name) => lessonMessage('lesson-result-unknown', { name }));
}

function figureProblems(text: string, known: Known): Message[] {
  try {
    return nameProblems(parseExpression(text), known);
  } catch (error) {
    if (error instanceof Problem) return [error.told];
    throw error;
  }
}
