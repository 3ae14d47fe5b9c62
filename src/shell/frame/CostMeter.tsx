/** What a run costs: time, force and network evaluations. */
import { counted, fixed, seconds as secondsText } from '../../text/format.ts';
import { text } from '../../text/index.ts';
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
const words = text.frame.cost;

interface Cost {
  readonly kind?: 'force' | 'network';
  readonly label: string;
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

function evaluations(kind: 'force' | 'network', value: string): Cost {
  return { kind, label: words[kind], value };
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
        { label: words.timeLeft, value: left > 0 ? secondsText(left) : '–' },
        evaluations('force', only ? counted(spent) : words.of(counted(spent), counted(budget))),
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
        ...(left > 0 ? [{ label: words.timeLeft, value: secondsText(left) }] : []),
        ...(network > 0 ? [evaluations('network', counted(network))] : []),
        evaluations('force', only ? counted(spent) : words.of(counted(spent), counted(budget))),
      ]}
    />
  );
}

/** All methods together. */
function CoupleMeter({ only }: Pick<MeterProps, 'only'>) {
  const records = [...useSampled(coupling.arms, REFRESH).values()];
  const total = (part: 'forceEvaluations' | 'networkEvaluations') =>
    records.reduce((sum, { frame }) => sum + (frame?.[part] ?? 0), 0);
  const busy = records.filter(isAtWork).length;
  return (
    <Meter
      only={only}
      numbers={[
        { label: words.methods, value: busy > 0 ? words.inProgress(busy) : String(records.length) },
        evaluations('force', counted(total('forceEvaluations'))),
        evaluations('network', counted(total('networkEvaluations'))),
      ]}
    />
  );
}

function WorkMeter({ run, only }: MeterProps) {
  const frame = useSampled(simulation.frame, REFRESH);
  const { learn, condition } = learners;
  const networkEvaluations =
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
        { label: run === simulation ? words.time : words.training, value: time },
        evaluations('force', counted((frame?.forceEvaluations ?? 0) + data + restrained)),
        evaluations('network', counted(networkEvaluations)),
      ]}
    />
  );
}

function Meter({ numbers, only }: Pick<MeterProps, 'only'> & { readonly numbers: readonly Cost[] }) {
  return (
    <dl className="cost" aria-label={words.title}>
      {numbers
        .filter(({ kind }) => only === undefined || kind === only)
        .map(({ kind, label, value }) => (
          <div key={label}>
            <dt>
              {label}
              {kind && <span> {words.evaluations}</span>}
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
