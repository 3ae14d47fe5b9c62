/** Which step of which lesson is open. */
import { create } from 'zustand';
import type { Lesson, Step } from '../../lessons/lesson.ts';
import { lazily } from '../lazily.ts';
import { useStore } from '../store.ts';

/** Lessons and what reads them come when they are first needed. */
export const loadLessons = lazily<readonly Lesson[]>(() =>
  import('../../lessons/lessons.ts').then(({ lessons }) => lessons),
);

interface OpenLesson {
  readonly lesson: Lesson | null;
  /** Place of the step, from 0. */
  readonly at: number;
  open(lesson: Lesson, at?: number): void;
  leave(): void;
}

export const useLesson = create<OpenLesson>()((set) => ({
  lesson: null,
  at: 0,
  open(lesson, at = 0) {
    set({ lesson, at });
    useStore.getState().load(lesson.steps[at].experiment);
  },
  leave() {
    set({ lesson: null, at: 0 });
  },
}));

export function useStep(): Step | null {
  return useLesson(({ lesson, at }) => lesson?.steps[at] ?? null);
}

const LINK = /^#\/lesson\/([\w-]+)(?:\/(\d+))?$/;

/** Opens the lesson of a link `#/lesson/02-why-a-barrier-traps/3`. @returns whether the link is one of a lesson */
export function openLessonOf(hash: string): boolean {
  const found = LINK.exec(hash);
  if (!found) return false;
  const [, id, step = '1'] = found;
  loadLessons().then((lessons) => {
    const lesson = lessons.find((one) => one.id === id || one.id.startsWith(`${id}-`));
    // Told as any other link that names what does not exist.
    if (!lesson) return void useStore.getState().load(hash);
    useLesson.getState().open(lesson, Math.min(Number(step), lesson.steps.length) - 1);
  });
  return true;
}

export function lessonLink({ id }: Lesson, at: number): string {
  return `#/lesson/${id}/${at + 1}`;
}
