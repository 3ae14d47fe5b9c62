import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { BackendChip, Engines } from './BackendChip.tsx';
import { Choice } from './controls/ChoiceControl.tsx';
import { counted, fixed } from './format.ts';
import { History } from './Header.tsx';
import { DiceIcon, MoreIcon, PauseIcon, PlayIcon, RestartIcon, StepIcon } from './icons.tsx';
import { learners } from './runs/learning.ts';
import { isBusy, type Run } from './runs/run.ts';
import { SPEEDS, type SpeedId, simulation, speedText } from './runs/simulation.ts';
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
            <CostMeter run={run} only={run === simulation ? 'force' : 'network'} />
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
              {run === simulation && (
                <>
                  <h2>Speed</h2>
                  <Speed />
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
  const learns = run !== simulation;
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
        <button type="button" className="button" aria-label="Step" title="Step" onClick={run.step}>
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
      {!learns && !narrow && <Speed />}
    </section>
  );
}

function Speed() {
  const speed = useSignal(simulation.speed);
  const experiment = useExperiment();
  const options = SPEEDS.map(({ id, label }) => ({ id, label: speedText(id, experiment), note: label }));
  return (
    <span className="speed">
      <Choice
        options={options}
        value={speed}
        onChange={(id) => simulation.speed.set(id as SpeedId)}
        aria-label="Speed"
      />
    </span>
  );
}

/** @param only the one number that there is room for */
function CostMeter({ run, only }: { run: Run; only?: 'force' | 'network' }) {
  const frame = useSampled(simulation.frame, REFRESH);
  const { learn, condition } = learners;
  const evaluations =
    useSampled(learn.networkEvaluations, REFRESH) + useSampled(condition.networkEvaluations, REFRESH);
  const data =
    (useSignal(learn.info)?.forceEvaluations ?? 0) + (useSignal(condition.info)?.forceEvaluations ?? 0);
  const { seconds } = useSampled(run === condition ? condition.progress : learn.progress, REFRESH);
  const time = run === simulation ? `${fixed(frame?.time ?? 0, 1)} τ` : `${fixed(seconds, 1)} s`;
  const numbers = [
    { label: run === simulation ? 'time' : 'training', value: time },
    { label: 'force', unit: ' evaluations', value: counted((frame?.forceEvaluations ?? 0) + data) },
    { label: 'network', unit: ' evaluations', value: counted(evaluations) },
  ];
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
