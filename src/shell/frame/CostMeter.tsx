/** What a run costs: time, force and network evaluations. */
import { counted, fixed, seconds as secondsText } from '../../text/format.ts';
import { biasing } from '../runs/biasing.ts';
import { closing } from '../runs/closing.ts';
import { coupling, isAtWork } from '../runs/coupling.ts';
import { learners } from '../runs/learning.ts';
import { restrainedEvaluations } from '../runs/restraint.ts';
import type { Run } from '../runs/run.ts';
import { useSampled, useSignal } from '../runs/signal.ts';
import { simulation } from '../runs/simulation.ts';
import { useExperiment } from '../store.ts';

const REFRESH = 200;

interface Cost {
  readonly label: string;
  readonly unit?: string;
  readonly value: string;
}

interface MeterProps {
  readonly run: Run;
  /** The one number that there is room for. */
  readonly only?: 'force' | 'network';
}

export function CostMeter({ run, only }: MeterProps) {
  if (run === biasing) return <BiasMeter only={only} />;
  if (run === closing) return <CloseMeter only={only} />;
  return run === coupling ? <CoupleMeter only={only} /> : <WorkMeter run={run} only={only} />;
}

function BiasMeter({ only }: Pick<MeterProps, 'only'>) {
  const { budget } = useExperiment();
  const frame = useSampled(biasing.frame, REFRESH);
  const pace = useSampled(biasing.pace, REFRESH);
  const { phase } = useSignal(biasing.state);
  const spent = phase === 'idle' || phase === 'preparing' ? 0 : (frame?.forceEvaluations ?? 0);
  const left = phase === 'running' && pace !== null && pace > 0 ? (budget - spent) / pace : 0;
  return (
    <Meter
      only={only}
      numbers={[
        { label: 'time left', value: left > 0 ? secondsText(left) : '–' },
        {
          label: 'force',
          unit: ' evaluations',
          value: only ? counted(spent) : `${counted(spent)} of ${counted(budget)}`,
        },
      ]}
    />
  );
}

function CloseMeter({ only }: Pick<MeterProps, 'only'>) {
  const { budget } = useExperiment();
  const frame = useSampled(closing.frame, REFRESH);
  const { phase } = useSignal(closing.state);
  const spent = frame?.forceEvaluations ?? 0;
  const left = phase === 'running' && spent > 0 ? (closing.seconds * (budget - spent)) / spent : 0;
  const network = frame?.networkEvaluations ?? 0;
  return (
    <Meter
      only={only}
      numbers={[
        ...(left > 0 ? [{ label: 'time left', value: secondsText(left) }] : []),
        ...(network > 0 ? [{ label: 'network', unit: ' evaluations', value: counted(network) }] : []),
        {
          label: 'force',
          unit: ' evaluations',
          value: only ? counted(spent) : `${counted(spent)} of ${counted(budget)}`,
        },
      ]}
    />
  );
}

/** All arms together. */
function CoupleMeter({ only }: Pick<MeterProps, 'only'>) {
  const records = [...useSampled(coupling.arms, REFRESH).values()];
  const total = (part: 'forceEvaluations' | 'networkEvaluations') =>
    records.reduce((sum, { frame }) => sum + (frame?.[part] ?? 0), 0);
  const busy = records.filter(isAtWork).length;
  return (
    <Meter
      only={only}
      numbers={[
        { label: 'arms', value: busy > 0 ? `${busy} to do` : String(records.length) },
        { label: 'force', unit: ' evaluations', value: counted(total('forceEvaluations')) },
        { label: 'network', unit: ' evaluations', value: counted(total('networkEvaluations')) },
      ]}
    />
  );
}

function WorkMeter({ run, only }: MeterProps) {
  const frame = useSampled(simulation.frame, REFRESH);
  const { learn, condition } = learners;
  const evaluations =
    useSampled(learn.networkEvaluations, REFRESH) + useSampled(condition.networkEvaluations, REFRESH);
  const data =
    (useSignal(learn.info)?.forceEvaluations ?? 0) + (useSignal(condition.info)?.forceEvaluations ?? 0);
  const restrained = useSampled(restrainedEvaluations, REFRESH);
  const { seconds } = useSampled(run === condition ? condition.progress : learn.progress, REFRESH);
  const time = run === simulation ? `${fixed(frame?.time ?? 0, 1)} τ` : `${fixed(seconds, 1)} s`;
  return (
    <Meter
      only={only}
      numbers={[
        { label: run === simulation ? 'time' : 'training', value: time },
        {
          label: 'force',
          unit: ' evaluations',
          value: counted((frame?.forceEvaluations ?? 0) + data + restrained),
        },
        { label: 'network', unit: ' evaluations', value: counted(evaluations) },
      ]}
    />
  );
}

function Meter({ numbers, only }: Pick<MeterProps, 'only'> & { readonly numbers: readonly Cost[] }) {
  return (
    <dl className="cost" aria-label="Cost">
      {numbers
        .filter(({ label }) => only === undefined || label === only)
        .map(({ label, unit, value }) => (
          <div key={label}>
            <dt>
              {label}
              {unit && <span>{unit}</span>}
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
