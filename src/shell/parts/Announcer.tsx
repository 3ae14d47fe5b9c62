import type { Phase, Run } from '../runs/run.ts';
import { useSignal } from '../runs/signal.ts';

const WORDS: Readonly<Partial<Record<Phase, string>>> = {
  preparing: 'Preparing',
  running: 'Running',
  paused: 'Paused',
  finished: 'Finished',
};

/** Says to screen readers what the run does. */
export function Announcer({ run }: { run: Run }) {
  const { phase } = useSignal(run.state);
  return <output className="visually-hidden">{WORDS[phase] ?? ''}</output>;
}
