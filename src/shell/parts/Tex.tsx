/** Typeset mathematics. KaTeX comes in a chunk of its own; until then plain text stands in its place. */
import { useEffect, useRef } from 'react';
import { lazily, persistently } from '../lazily.ts';

type Katex = typeof import('katex').default;
const library = lazily<Katex>(() =>
  Promise.all([import('katex'), import('katex/dist/katex.min.css')]).then(([module]) => module.default),
);

export function Tex({ tex, plain = '' }: { tex: string; plain?: string }) {
  const element = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let wanted = true;
    persistently(library, () => wanted).then((katex) => {
      if (katex && wanted && element.current)
        katex.render(tex, element.current, {
          throwOnError: false,
          output: 'htmlAndMathml',
          // Classes mark the parameters in an equation; nothing else is trusted.
          trust: ({ command }) => command === '\\htmlClass',
          strict: (code) => (code === 'htmlExtension' ? 'ignore' : 'warn'),
        });
    });
    return () => {
      wanted = false;
    };
  }, [tex]);
  return (
    <span ref={element} className="tex">
      {plain}
    </span>
  );
}
