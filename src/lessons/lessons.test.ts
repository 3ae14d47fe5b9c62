import { describe, expect, it } from 'vitest';
import { LessonError } from './lesson.ts';
import { lessons } from './lessons.ts';
import { figuresOf } from './markdown.ts';
import { readLesson } from './read.ts';

const FRONT = `---
title: Wrong
minutes: 5
teacher: Ask.
exercise: Hand in.
---

`;
const stepOf = (block: string) => `${FRONT}## One\n\nProse.\n\n\`\`\`step\n${block}\n\`\`\`\n`;
const error = (source: string): LessonError => {
  try {
    readLesson('99-wrong', source);
  } catch (problem) {
    if (problem instanceof LessonError) return problem;
  }
  throw new Error('the lesson was read');
};

describe.each(lessons.map((lesson) => [lesson.id, lesson] as const))('lesson %s', (_, lesson) => {
  it('is named by number and title', () => {
    expect(lesson.id).toMatch(/^\d\d(-[a-z0-9]+)+$/);
    expect(lesson.id.slice(3)).toBe(lesson.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'));
  });

  it('is for five to fifteen minutes, with goals, a teacher’s page, misconceptions and an exercise', () => {
    expect(lesson.minutes).toBeGreaterThanOrEqual(5);
    expect(lesson.minutes).toBeLessThanOrEqual(15);
    expect(lesson.goals.length).toBeGreaterThan(0);
    expect(lesson.misconceptions.length).toBeGreaterThan(0);
    expect(lesson.teacher.length).toBeGreaterThan(100);
    expect(lesson.exercise.length).toBeGreaterThan(50);
  });

  it('has steps with titles of their own', () => {
    const titles = lesson.steps.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe('the reader of lessons', () => {
  it('reads prose around the block, the prediction and the check', () => {
    const [step] = readLesson(
      '99-wrong',
      stepOf(
        'experiment: kT=2\nshow: [kT]\ncheck: freeEnergy.rmse < 0.3\nwrong: kT=0.1\npredict:\n  kind: order\n  question: Which?\n  items: [a, b, c]',
      ),
    ).steps;
    expect(step).toMatchObject({ title: 'One', prose: 'Prose.', experiment: 'kT=2', show: ['kT'] });
    expect(step.check?.names).toEqual(['freeEnergy.rmse']);
    expect(step.predict).toEqual({ kind: 'order', question: 'Which?', items: ['a', 'b', 'c'] });
  });

  it.each([
    [
      'a key that is unknown',
      stepOf('experiment: kT=2\ncolour: red'),
      14,
      'lesson-key-unknown {"key":"colour"}',
    ],
    [
      'a check that cannot be read',
      stepOf('experiment: kT=2\ncheck: a <\nwrong: kT=3'),
      14,
      'expression-unreadable',
    ],
    [
      'a check without a wrong state',
      stepOf('experiment: kT=2\ncheck: a < 3'),
      8,
      'step-without-wrong-state',
    ],
    ['no experiment', stepOf('hint: Think.'), 13, 'lesson-key-missing {"key":"experiment"}'],
    ['no block', `${FRONT}## One\n\nProse.\n`, 8, 'step-without-block'],
    ['no step', `${FRONT}Prose.\n`, 7, 'lesson-without-step'],
    ['no front matter', 'Prose.\n', 1, 'lesson-without-front'],
    [
      'minutes that are no number',
      stepOf('experiment: kT=2').replace('minutes: 5', 'minutes: many'),
      3,
      'lesson-key-wrong {"key":"minutes"',
    ],
    ['YAML that is none', stepOf('experiment: [kT'), 13, 'lesson-yaml'],
    [
      'an answer that is no option',
      stepOf(
        'experiment: kT=2\npredict:\n  kind: choice\n  question: Which?\n  options: [a, b]\n  answer: c',
      ),
      18,
      '"wanted":"option"',
    ],
  ])('names line and step of %s', (_, source, line, problem) => {
    const { message, ...place } = error(source);
    expect(message).toContain(problem);
    expect(message).toMatch(/^99-wrong\.md:\d+/);
    expect(place.line).toBeGreaterThanOrEqual(line - 1);
    expect(place.line).toBeLessThanOrEqual(line + 1);
  });
});

it('finds the figures that a text quotes, in lists and emphasis too', () => {
  expect(figuresOf('It is {{a.b}} and **{{c}}**.\n\n- one {{d / 2}}\n')).toEqual(['a.b', 'c', 'd / 2']);
});
