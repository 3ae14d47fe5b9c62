/** How a text in the making is read, typeset, so that a misreading is seen; and what of it was passed over. */
import { useEffect, useState } from 'react';
import type { TextSpec } from '../../core/params/params.ts';
import { text } from '../../text/index.ts';
import { Tex } from '../parts/Tex.tsx';

const words = text.controls.understood;
/** An equation is set when the hand has rested so long, ms. */
const REST = 150;

export function Understood({ spec, draft }: { spec: TextSpec; draft: string }) {
  const [settled, setSettled] = useState(draft);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(draft), REST);
    return () => clearTimeout(timer);
  }, [draft]);
  const understood = spec.understood?.(settled);
  if (!understood) return null;
  const { tex, dropped } = understood;
  return (
    <section className="understood" aria-label={words.title}>
      <p className="remark">{words.title}</p>
      {/* Wide equations are scrolled, by keys too. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it can be scrolled */}
      <div className="understood-equation" tabIndex={0}>
        <Tex tex={tex} />
      </div>
      {dropped.length > 0 && (
        <p className="remark">
          {words.dropped}{' '}
          {dropped.map((each) => (
            <code key={each}>{each}</code>
          ))}
        </p>
      )}
    </section>
  );
}
