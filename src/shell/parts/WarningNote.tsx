import type { Warning } from '../../core/estimators/finding.ts';
import { useStore } from '../store.ts';

/** What is wrong, and the change of settings that mends it. */
export function WarningNote({ warning: { id, text, offer } }: { warning: Warning }) {
  const changeAll = useStore((store) => store.changeAll);
  return (
    <div className="stale" data-warning={id}>
      <p>{text}</p>
      {offer && (
        <button type="button" className="button strong" onClick={() => changeAll(offer.changes)}>
          {offer.label}
        </button>
      )}
    </div>
  );
}
