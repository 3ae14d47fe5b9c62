/** Verdicts before numbers: what is wrong with a run. */
import type { Finding } from '../../core/method.ts';
import { WarningNote } from '../parts/WarningNote.tsx';
import { biasing } from '../runs/biasing.ts';
import { useSignal } from '../signal.ts';

/** What the run says; a divergence under way is told as the failure of the run. */
export function Warnings({ finding }: { finding: Finding | null }) {
  const { phase } = useSignal(biasing.state);
  const warnings = finding?.warnings.filter(({ id }) => id !== 'diverged' || phase !== 'failed') ?? [];
  if (warnings.length === 0) return null;
  return (
    <div className="warnings" role="status" aria-label="Warnings">
      {warnings.map((warning) => (
        <WarningNote key={`${warning.id} ${warning.text}`} warning={warning} />
      ))}
    </div>
  );
}
