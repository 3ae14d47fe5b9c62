import { describe, expect, it } from 'vitest';
import { lessons } from '../../lessons/lessons.ts';
import { readLesson } from '../../lessons/read.ts';
import type { StationResults } from '../results/station-results.ts';
import { problemsOf } from './problems.ts';

const stations = import.meta.glob<{ results: StationResults }>('../../stations/*/results.ts', {
  eager: true,
});
const known = {
  lessons: lessons.map(({ id }) => id),
  results: Object.values(stations).flatMap(({ results }) => Object.keys(results.empty)),
};

it.each(lessons.map((lesson) => [lesson.id, lesson] as const))(
  'everything that %s names exists',
  (_, lesson) => {
    expect(problemsOf(lesson, known).map(({ message }) => message)).toEqual([]);
  },
);

describe('what does not exist', () => {
  const lesson = (block: string, front = '') =>
    readLesson(
      '99-wrong',
      `---\ntitle: Wrong\nminutes: 5\nteacher: Ask.\nexercise: Hand in.\n${front}---\n## One\n\n\`\`\`step\n${block}\n\`\`\`\n`,
    );
  const problems = (block: string, front?: string) =>
    problemsOf(lesson(block, front), known).map(({ message }) => message);

  it.each([
    ['a system', 'experiment: system=nope', 'lesson-setting {"key":"system","value":"nope"'],
    ['a setting', 'experiment: colour=red', 'lesson-setting {"key":"colour"'],
    [
      'a setting in a wrong state',
      'experiment: kT=1\ncheck: run.phase == "x"\nwrong: kt=2',
      'lesson-setting {"key":"kt"',
    ],
    ['a setting that is shown', 'experiment: kT=1\nshow: [kT, tK]', 'lesson-setting-unknown {"key":"tK"}'],
    [
      'a result',
      'experiment: kT=1\ncheck: freeEnergie.rmse < 1\nwrong: kT=2',
      'lesson-result-unknown {"name":"freeEnergie.rmse"}',
    ],
    [
      'a figure',
      'experiment: kT=1\nexplain: It is {{passage.mean}}.',
      'lesson-result-unknown {"name":"passage.mean"}',
    ],
    ['a figure that cannot be read', 'experiment: kT=1\nexplain: It is {{1 +}}.', 'expression-unreadable'],
  ])('%s is named with file, line and step', (_, block, problem) => {
    const [message, ...others] = problems(block);
    expect(message).toContain('99-wrong.md:7 (step "One")');
    expect(message).toContain(problem);
    expect(others).toEqual([]);
  });

  it('a lesson that is asked for before is named', () => {
    expect(problems('experiment: kT=1', 'prerequisites: [98-nope]\n')).toEqual([
      '99-wrong.md:1: lesson-not-before {"id":"98-nope"}',
    ]);
  });
});
