/** One short message at a time, read out and gone after a while. */
import { useEffect } from 'react';
import { Signal, useSignal } from '../runs/signal.ts';

const LIFETIME = 3000;
const message = new Signal<{ readonly text: string } | null>(null);

export function toast(text: string): void {
  message.set({ text });
}

export function Toast() {
  const shown = useSignal(message);
  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => message.set(null), LIFETIME);
    return () => clearTimeout(timer);
  }, [shown]);
  return (
    <output className="toast" data-shown={shown !== null}>
      {shown?.text}
    </output>
  );
}
