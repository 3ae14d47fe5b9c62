/** A typeset equation that shrinks until its widest part fits; what is then still too wide can be scrolled. */
import { useEffect, useRef } from 'react';
import { Tex } from '../parts/Tex.tsx';
import { pointed, termClass } from './live-tex.ts';

const LARGEST = 13;
const SMALLEST = 9.5;

export function Equation({ tex, label }: { tex: string; label: string }) {
  const element = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another equation is measured anew
  useEffect(() => {
    const box = element.current!;
    const shrink = () => {
      box.style.fontSize = `${LARGEST}px`;
      const share = box.clientWidth / box.scrollWidth;
      box.style.fontSize = `${Math.max(SMALLEST, Math.floor(2 * LARGEST * share) / 2)}px`;
      box.tabIndex = box.scrollWidth > box.clientWidth ? 0 : -1;
      highlight(box);
    };
    const observer = new MutationObserver(shrink);
    observer.observe(box, { childList: true, subtree: true });
    document.fonts.addEventListener('loadingdone', shrink);
    const unsubscribe = pointed.subscribe(() => highlight(box));
    shrink();
    return () => {
      observer.disconnect();
      document.fonts.removeEventListener('loadingdone', shrink);
      unsubscribe();
    };
  }, [tex]);
  return (
    <section ref={element} className="equation" aria-label={label}>
      <Tex tex={tex} />
    </section>
  );
}

function highlight(box: HTMLElement): void {
  const name = pointed.get();
  for (const term of box.querySelectorAll('[class*="term-"]'))
    term.classList.toggle('pointed', name !== null && term.classList.contains(termClass(name)));
}
