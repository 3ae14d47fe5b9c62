import { describe, expect, it } from 'vitest';
import { families } from '../catalog.ts';
import { parseQuery } from '../core/settings/query.ts';
import { type Lesson, lessons, readLesson } from './lessons.ts';

const linksOf = ({ paragraphs }: Lesson) =>
  paragraphs.flat().flatMap((piece) => (typeof piece === 'string' ? [] : [piece.link]));
const noticesOf = (link: string) => parseQuery(link, families).notices;

describe.each(lessons)('lesson $id', (lesson) => {
  it('is named by number and title', () => {
    expect(lesson.id).toMatch(/^\d\d(-[a-z0-9]+)+$/);
    expect(lesson.id.slice(3)).toBe(lesson.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'));
  });

  it('has links, all of which open as they are written', () => {
    expect(linksOf(lesson).length).toBeGreaterThan(0);
    for (const link of linksOf(lesson)) expect(noticesOf(link), link).toEqual([]);
  });
});

it('would find a link that does not open, and a page without a title', () => {
  const wrong = readLesson('99-wrong', '---\ntitle: Wrong\n---\n\nSee [this](#/explore?v=1&kt=2), please.\n');
  expect(wrong.paragraphs).toEqual([['See ', { text: 'this', link: '#/explore?v=1&kt=2' }, ', please.']]);
  expect(noticesOf(linksOf(wrong)[0])).toHaveLength(1);
  expect(() => readLesson('99-wrong', 'Text.')).toThrow('99-wrong.md');
});
