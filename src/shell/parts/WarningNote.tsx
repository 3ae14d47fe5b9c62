import type { Warning } from '../../core/estimators/finding.ts';
import { say } from '../../text/index.ts';
import { useStore } from '../store.ts';

/** What is wrong, and the change of settings that mends it. */
export function WarningNote({ warning: { id, message, offer } }: { warning: Warning }) {
  const changeAll = useStore((store) => store.changeAll);
  return (
    <div className="stale" data-warning={id}>
      <p>{say(message)}</p>
      {offer && (
        <button type="button" className="button strong" onClick={() => changeAll(offer.changes)}>
          {say(offer.label)}
        </button>
      )}
    </div>
  );
}
