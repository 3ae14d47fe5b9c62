/** The lessons, with how far each has come; one click opens it where it was left. */
import { useEffect, useState } from 'react';
import type { Lesson } from '../../lessons/lesson.ts';
import { text } from '../../text/index.ts';
import { loadLessons, useLesson } from '../lessons/lesson-store.ts';
import { useNotebook } from '../lessons/notebook.ts';

const words = text.lessons;

/** @param leave closes the dialog when a lesson is opened */
export function Lessons({ leave }: { leave: () => void }) {
  const [lessons, setLessons] = useState<readonly Lesson[] | null>(null);
  useEffect(() => {
    let wanted = true;
    loadLessons().then((loaded) => wanted && setLessons(loaded));
    return () => {
      wanted = false;
    };
  }, []);
  return (
    <section className="lessons" aria-label={text.frame.lessons}>
      <h3>{text.frame.lessons}</h3>
      {lessons ? (
        <ol>
          {lessons.map((lesson) => (
            <LessonRow key={lesson.id} lesson={lesson} leave={leave} />
          ))}
        </ol>
      ) : (
        <p>{words.loading}</p>
      )}
    </section>
  );
}

function LessonRow({ lesson, leave }: { lesson: Lesson; leave: () => void }) {
  const { id, title, minutes, goals, steps } = lesson;
  const entries = useNotebook((notebook) => notebook.entries);
  const isDone = (step: string) =>
    entries.some((entry) => entry.lesson === id && entry.step === step && entry.link !== null);
  const done = steps.filter((step) => isDone(step.title)).length;
  const next = steps.findIndex((step) => !isDone(step.title));
  return (
    <li>
      <button
        type="button"
        className="button"
        onClick={() => {
          useLesson.getState().open(lesson, Math.max(0, next));
          leave();
        }}
      >
        {done > 0 && next >= 0 ? words.resume : words.start}
        <span className="visually-hidden">: {title}</span>
      </button>
      <div>
        <b>{title}</b> <small>{words.minutes(minutes)}</small>{' '}
        <small>{words.progress(done, steps.length)}</small>
        {goals.length > 0 && <p>{goals[0]}</p>}
      </div>
    </li>
  );
}
