/** What a run costs: time, force and network evaluations. */
import { text } from '../../text/index.ts';
import type { Cost, Station } from '../station.ts';

const words = text.frame.cost;

interface MeterProps {
  readonly station: Station;
  /** The one number that there is room for. */
  readonly only?: 'force' | 'network';
}

/** One component for each station, whose hooks are its own. */
export function CostMeter(props: MeterProps) {
  return <Meter key={props.station.id} {...props} />;
}

function Meter({ station: { useCost }, only }: MeterProps) {
  const costs = useCost();
  const shown = only ? costs.filter(({ kind }) => kind === only) : costs;
  return (
    <dl className="cost" aria-label={words.title}>
      {shown.map((cost) => (
        <CostEntry key={cost.label} cost={cost} brief={only !== undefined} />
      ))}
    </dl>
  );
}

function CostEntry({ cost: { kind, label, value, brief: short }, brief }: { cost: Cost; brief: boolean }) {
  return (
    <div>
      <dt>
        {label}
        {kind && <span> {words.evaluations}</span>}
      </dt>
      <dd>{brief ? (short ?? value) : value}</dd>
    </div>
  );
}
