import { text } from '../../text/index.ts';
import type { Phase, Run } from '../runs/run.ts';
import { useSignal } from '../runs/signal.ts';

const WORDS: Readonly<Partial<Record<Phase, string>>> = text.frame.phases;

/** Says to screen readers what the run does. */
export function Announcer({ run }: { run: Run }) {
  const { phase } = useSignal(run.state);
  return <output className="visually-hidden">{WORDS[phase] ?? ''}</output>;
}
