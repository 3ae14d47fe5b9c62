/** While a text is examined that somebody typed: what is going on, and the way out. */
import { text } from '../../text/index.ts';
import { useStore } from '../store.ts';

const words = text.frame.examining;

/** Over the page, which goes on as it was. */
export function Examining() {
  const waits = useStore(({ waiting }) => Object.keys(waiting).length > 0);
  const stop = useStore((store) => store.stopExamining);
  return (
    <output className="examining" data-shown={waits}>
      {waits && (
        <>
          {words.title}
          <button type="button" className="button" onClick={stop}>
            {words.stop}
          </button>
        </>
      )}
    </output>
  );
}

/** In place of the page, as long as there is no experiment to show. */
export function Opening() {
  const stop = useStore((store) => store.stopExamining);
  return (
    <main className="opening">
      <h1>{words.title}</h1>
      <p>{words.how}</p>
      <button type="button" className="button" onClick={stop}>
        {words.without}
      </button>
    </main>
  );
}
