import type { ReactNode } from 'react';
import { text as words } from '../../text/index.ts';
import { reference } from '../runs/reference.ts';
import type { Run } from '../runs/run.ts';
import { useSignal } from '../runs/signal.ts';

/** What went wrong with a run or with the exact references, and the way out. */
export function Problems({ run, remedy }: { run: Run; remedy?: ReactNode }) {
  const { phase, message } = useSignal(run.state);
  const problem = useSignal(reference.problem);
  return (
    <>
      {phase === 'failed' && message && (
        <Problem text={message} restart={() => run.restart()}>
          {remedy}
        </Problem>
      )}
      {problem && <Problem text={problem} restart={() => reference.restart()} />}
    </>
  );
}

interface ProblemProps {
  readonly text: string;
  readonly restart: () => void;
  readonly children?: ReactNode;
}

function Problem({ text, restart, children }: ProblemProps) {
  return (
    <div className="problem" role="alert">
      <p>{text}</p>
      {children}
      <button type="button" className="button" onClick={restart}>
        {words.parts.restart}
      </button>
    </div>
  );
}
