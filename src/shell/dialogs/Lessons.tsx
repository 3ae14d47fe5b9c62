/** The lesson pages, each folded under its title. Their links open experiments. */
import { Fragment } from 'react';
import { type Lesson, lessons } from '../../lessons/lessons.ts';
import { text } from '../../text/index.ts';

/** @param leave closes the dialog when a link is followed */
export function Lessons({ leave }: { leave: () => void }) {
  return (
    <section className="lessons" aria-label={text.frame.lessons}>
      <h3>{text.frame.lessons}</h3>
      {lessons.map((lesson) => (
        <details key={lesson.id}>
          <summary>{lesson.title}</summary>
          <Paragraphs lesson={lesson} leave={leave} />
        </details>
      ))}
    </section>
  );
}

function Paragraphs({ lesson, leave }: { lesson: Lesson; leave: () => void }) {
  return lesson.paragraphs.map((pieces, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the page does not change
    <p key={i}>
      {pieces.map((piece, k) =>
        typeof piece === 'string' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the page does not change
          <Fragment key={k}>{piece}</Fragment>
        ) : (
          <a key={piece.link} href={piece.link} onClick={leave}>
            {piece.text}
          </a>
        ),
      )}
    </p>
  ));
}
