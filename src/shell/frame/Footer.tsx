import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { text } from '../../text/index.ts';
import { Choice } from '../controls/ChoiceControl.tsx';
import { DiceIcon, MoreIcon, PauseIcon, PlayIcon, RestartIcon, StepIcon } from '../parts/icons.tsx';
import { biasing, biasSpeedText } from '../runs/biasing.ts';
import { learners } from '../runs/learning.ts';
import { SPEEDS, type SpeedId } from '../runs/pacing.ts';
import { isBusy, type Run } from '../runs/run.ts';
import { useSignal } from '../runs/signal.ts';
import { simulation, speedText } from '../runs/simulation.ts';
import { useExperiment, useStore } from '../store.ts';
import { useNarrow } from '../theme.ts';
import { BackendChip, Engines } from './BackendChip.tsx';
import { CostMeter } from './CostMeter.tsx';
import { History } from './Header.tsx';
import { SeedField } from './SeedField.tsx';

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
            <button
              type="button"
              className="icon-button"
              aria-label={text.frame.help.title}
              onClick={openHelp}
            >
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
      <Button className="icon-button" aria-label={text.frame.more}>
        <MoreIcon />
      </Button>
      <Popover className="popover" placement="top end">
        <Dialog className="engines more" aria-label={text.frame.more}>
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
                  {text.frame.help.title}
                </button>
              </div>
              {isPaced(run) && (
                <>
                  <h2>{text.frame.transport.speed}</h2>
                  <Speed run={run} />
                </>
              )}
              <h2>{text.frame.cost.title}</h2>
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
  const words = text.frame.transport;
  const [play, pause] = learns ? [words.train, words.stopTraining] : [words.play, words.pause];
  const barred = problem !== null;
  const newSeed = () => change('seed', Math.floor(Math.random() * LARGEST_NEW_SEED));
  return (
    <section className="transport" aria-label={words.title}>
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
          aria-label={words.step}
          title={problem ?? words.step}
          disabled={barred}
          onClick={run.step}
        >
          <StepIcon />
          <span>{words.step}</span>
        </button>
      )}
      <button
        type="button"
        className="button"
        title={problem ?? words.restartHint}
        disabled={barred}
        onClick={() => run.restart()}
      >
        <RestartIcon />
        <span>{learns ? words.retrain : words.restart}</span>
      </button>
      <button
        type="button"
        className="button"
        title={problem ?? words.newSeed}
        disabled={barred}
        onClick={newSeed}
      >
        <DiceIcon />
        <span>{words.newSeed}</span>
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
        aria-label={text.frame.transport.speed}
      />
    </span>
  );
}
