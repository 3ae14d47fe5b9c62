/** "Design my windows": a short run in a worker of its own proposes umbrella windows and says why. */
import { useEffect, useState } from 'react';
import type { WindowDesign } from '../../core/sampling/frames.ts';
import { keyOf } from '../../shell/parts/derived.ts';
import { Cancelled } from '../../shell/runs/remote.ts';
import { biasWorker } from '../../shell/runs/workers.ts';
import { useStore } from '../../shell/store.ts';
import { messageOf, say, text } from '../../text/index.ts';

const words = text.bias.design;

type State =
  | { readonly phase: 'idle' }
  | { readonly phase: 'busy' }
  | { readonly phase: 'failed'; readonly problem: string }
  | { readonly phase: 'designed'; readonly design: WindowDesign };

const IDLE: State = { phase: 'idle' };

export function DesignButton() {
  const subject = useStore(({ experiment }) => keyOf(experiment, 'restrained'));
  // A design for another system, temperature or time step is none.
  return <Designer key={subject} />;
}

function Designer() {
  const [worker] = useState(biasWorker);
  const [state, setState] = useState<State>(IDLE);
  const changeAll = useStore((store) => store.changeAll);
  useEffect(() => () => worker.restart(), [worker]);
  const design = async () => {
    setState({ phase: 'busy' });
    try {
      const { experiment } = useStore.getState();
      setState({ phase: 'designed', design: await worker.call((api) => api.design(experiment)) });
    } catch (error) {
      setState(error instanceof Cancelled ? IDLE : { phase: 'failed', problem: messageOf(error) });
    }
  };
  const use = ({ changes }: WindowDesign) => {
    changeAll(changes);
    setState(IDLE);
  };
  return (
    <section className="design" aria-label={words.title}>
      <button type="button" className="button" onClick={design} disabled={state.phase === 'busy'}>
        {state.phase === 'busy' ? words.measuring : words.suggest}
      </button>
      {state.phase === 'busy' && (
        <button type="button" className="button" onClick={() => worker.restart()}>
          {words.cancel}
        </button>
      )}
      {state.phase === 'failed' && <p role="alert">{state.problem}</p>}
      {state.phase === 'designed' && <Proposal design={state.design} use={() => use(state.design)} />}
    </section>
  );
}

function Proposal({ design, use }: { design: WindowDesign; use: () => void }) {
  return (
    <div role="status">
      <p>{words.suggested(design.centers.length)}</p>
      <ul>
        {design.reasons.map((reason) => (
          <li key={reason.id}>{say(reason)}</li>
        ))}
      </ul>
      <button type="button" className="button strong" onClick={use}>
        {words.use}
      </button>
    </div>
  );
}
