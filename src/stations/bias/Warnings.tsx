/** Verdicts before numbers: what is wrong with a run. */
import type { Finding } from '../../core/estimators/finding.ts';
import { WarningNote } from '../../shell/parts/WarningNote.tsx';
import { biasing } from '../../shell/runs/biasing.ts';
import { useSignal } from '../../shell/runs/signal.ts';
import { text } from '../../text/index.ts';

/** What the run says; a divergence under way is told as the failure of the run. */
export function Warnings({ finding }: { finding: Finding | null }) {
  const { phase } = useSignal(biasing.state);
  const warnings = finding?.warnings.filter(({ id }) => id !== 'diverged' || phase !== 'failed') ?? [];
  if (warnings.length === 0) return null;
  return (
    <div className="warnings" role="status" aria-label={text.parts.warnings}>
      {warnings.map((warning) => (
        <WarningNote key={`${warning.id} ${warning.message.id}`} warning={warning} />
      ))}
    </div>
  );
}
