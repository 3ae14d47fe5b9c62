/** Verdicts before numbers: what is wrong with a run, and the change of settings that mends it. */
import type { Finding } from '../../core/method.ts';
import { biasing } from '../runs/biasing.ts';
import { useSignal } from '../signal.ts';
import { useStore } from '../store.ts';

/** What the run says; a divergence under way is told as the failure of the run. */
export function Warnings({ finding }: { finding: Finding | null }) {
  const changeAll = useStore((store) => store.changeAll);
  const { phase } = useSignal(biasing.state);
  const warnings = finding?.warnings.filter(({ id }) => id !== 'diverged' || phase !== 'failed') ?? [];
  if (warnings.length === 0) return null;
  return (
    <div className="warnings" role="status" aria-label="Warnings">
      {warnings.map(({ id, text, offer }) => (
        <div key={`${id} ${text}`} className="stale" data-warning={id}>
          <p>{text}</p>
          {offer && (
            <button type="button" className="button strong" onClick={() => changeAll(offer.changes)}>
              {offer.label}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
