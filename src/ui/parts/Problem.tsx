import { reference } from '../runs/reference.ts';
import type { Run } from '../runs/run.ts';
import { useSignal } from '../signal.ts';

/** What went wrong with a run or with the exact references, and the way out. */
export function Problems({ run }: { run: Run }) {
  const { phase, message } = useSignal(run.state);
  const problem = useSignal(reference.problem);
  return (
    <>
      {phase === 'failed' && message && <Problem text={message} restart={() => run.restart()} />}
      {problem && <Problem text={problem} restart={() => reference.restart()} />}
    </>
  );
}

function Problem({ text, restart }: { text: string; restart: () => void }) {
  return (
    <div className="problem" role="alert">
      <p>{text}</p>
      <button type="button" className="button" onClick={restart}>
        Restart
      </button>
    </div>
  );
}
