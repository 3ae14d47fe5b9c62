import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { BackendChip, Engines } from './BackendChip.tsx';
import { Choice } from './controls/ChoiceControl.tsx';
import { counted, fixed, seconds as secondsText } from './format.ts';
import { History } from './Header.tsx';
import { DiceIcon, MoreIcon, PauseIcon, PlayIcon, RestartIcon, StepIcon } from './icons.tsx';
import { biasing, biasSpeedText } from './runs/biasing.ts';
import { closing } from './runs/closing.ts';
import { coupling, isAtWork } from './runs/coupling.ts';
import { learners } from './runs/learning.ts';
import { SPEEDS, type SpeedId } from './runs/pacing.ts';
import { restrainedEvaluations } from './runs/restraint.ts';
import { isBusy, type Run } from './runs/run.ts';
import { simulation, speedText } from './runs/simulation.ts';
import { SeedField } from './SeedField.tsx';
import { useSampled, useSignal } from './signal.ts';
import { useExperiment, useStore } from './store.ts';
import { useNarrow } from './theme.ts';

const REFRESH = 200;
const LARGEST_NEW_SEED = 1_000_000;

interface FooterProps {
  readonly run: Run;
  /** Why the open station cannot run, or null. */
  readonly problem: string | null;
  readonly openHelp: () => void;
}

export function Footer({ run, problem, openHelp }: FooterProps) {
  const narrow = useNarrow();
  return (
    <footer className="footer">
      <Transport run={run} problem={problem} />
      <div className="meters">
        {narrow ? (
          <>
            <CostMeter run={run} only={isTraining(run) ? 'network' : 'force'} />
            <More run={run} openHelp={openHelp} />
          </>
        ) : (
          <>
            <CostMeter run={run} />
            <BackendChip />
            <button type="button" className="icon-button" aria-label="Keys and colours" onClick={openHelp}>
              ?
            </button>
          </>
        )}
      </div>
    </footer>
  );
}

/** What a narrow screen has no room for. */
function More({ run, openHelp }: Pick<FooterProps, 'run' | 'openHelp'>) {
  return (
    <DialogTrigger>
      <Button className="icon-button" aria-label="More">
        <MoreIcon />
      </Button>
      <Popover className="popover" placement="top end">
        <Dialog className="engines more" aria-label="More">
          {({ close }) => (
            <>
              <div className="more-row">
                <History />
                <button
                  type="button"
                  className="button"
                  onClick={() => {
                    close();
                    openHelp();
                  }}
                >
                  Keys and colours
                </button>
              </div>
              {isPaced(run) && (
                <>
                  <h2>Speed</h2>
                  <Speed run={run} />
                </>
              )}
              <h2>Cost</h2>
              <CostMeter run={run} />
              <Engines />
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Transport({ run, problem }: Pick<FooterProps, 'run' | 'problem'>) {
  const state = useSignal(run.state);
  const change = useStore((store) => store.change);
  const narrow = useNarrow();
  const busy = isBusy(state);
  const learns = isTraining(run);
  const [play, pause] = learns ? ['Train', 'Stop training'] : ['Play', 'Pause'];
  const barred = problem !== null;
  const newSeed = () => change('seed', Math.floor(Math.random() * LARGEST_NEW_SEED));
  return (
    <section className="transport" aria-label="Run">
      <button
        type="button"
        className="play"
        aria-label={busy ? pause : play}
        title={busy ? pause : (problem ?? play)}
        disabled={barred && !busy}
        onClick={() => (busy ? run.pause() : run.play())}
      >
        {busy ? <PauseIcon /> : <PlayIcon />}
      </button>
      {run.step && (
        <button
          type="button"
          className="button"
          aria-label="Step"
          title={problem ?? 'Step'}
          disabled={barred}
          onClick={run.step}
        >
          <StepIcon />
          <span>Step</span>
        </button>
      )}
      <button
        type="button"
        className="button"
        title={problem ?? 'Restart with the same seed'}
        disabled={barred}
        onClick={() => run.restart()}
      >
        <RestartIcon />
        <span>{learns ? 'Retrain, same seed' : 'Restart, same seed'}</span>
      </button>
      <button
        type="button"
        className="button"
        title={problem ?? 'New seed'}
        disabled={barred}
        onClick={newSeed}
      >
        <DiceIcon />
        <span>New seed</span>
      </button>
      <SeedField />
      {isPaced(run) && !narrow && <Speed run={run} />}
    </section>
  );
}

type Paced = typeof simulation | typeof biasing;

/** Runs that only train. */
function isTraining(run: Run): boolean {
  return run === learners.learn || run === learners.condition;
}

/** Runs that go on at a chosen speed; the others go as fast as they can. */
function isPaced(run: Run): run is Paced {
  return run === simulation || run === biasing;
}

function Speed({ run }: { run: Paced }) {
  const speed = useSignal(run.speed);
  const experiment = useExperiment();
  const textOf = run === biasing ? biasSpeedText : speedText;
  const options = SPEEDS.map(({ id, label }) => ({ id, label: textOf(id, experiment), note: label }));
  return (
    <span className="speed">
      <Choice
        options={options}
        value={speed}
        onChange={(id) => run.speed.set(id as SpeedId)}
        aria-label="Speed"
      />
    </span>
  );
}

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

function CostMeter({ run, only }: MeterProps) {
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
