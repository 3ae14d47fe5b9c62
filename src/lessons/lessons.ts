/** The lessons in the order of their numbers. The folder is the registry: one file `NN-slug.md` is one lesson. */
import type { Lesson } from './lesson.ts';
import { readLesson } from './read.ts';

const sources = import.meta.glob<string>('./*.md', { eager: true, query: '?raw', import: 'default' });

export const lessons: readonly Lesson[] = Object.keys(sources)
  .sort()
  .map((path) => readLesson(path.slice('./'.length, -'.md'.length), sources[path]));
