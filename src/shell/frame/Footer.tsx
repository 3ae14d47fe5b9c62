import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { families } from '../../catalog.ts';
import { text } from '../../text/index.ts';
import { Choice } from '../controls/ChoiceControl.tsx';
import { DiceIcon, MoreIcon, PauseIcon, PlayIcon, RestartIcon, StepIcon } from '../parts/icons.tsx';
import { SPEEDS, type SpeedId } from '../runs/pacing.ts';
import { isBusy } from '../runs/run.ts';
import { useSignal } from '../runs/signal.ts';
import type { Station } from '../station.ts';
import { useOfExperiment, useStore } from '../store.ts';
import { useNarrow } from '../theme.ts';
import { BackendChip, Engines } from './BackendChip.tsx';
import { CostMeter } from './CostMeter.tsx';
import { History } from './Header.tsx';
import { SeedField } from './SeedField.tsx';

const LARGEST_NEW_SEED = 1_000_000;

interface FooterProps {
  readonly station: Station;
  /** Why the open station cannot run, or null. */
  readonly problem: string | null;
  readonly openHelp: () => void;
}

export function Footer({ station, problem, openHelp }: FooterProps) {
  const narrow = useNarrow();
  return (
    <footer className="footer">
      <Transport station={station} problem={problem} />
      <div className="meters">
        {narrow ? (
          <>
            <CostMeter station={station} only={trains(station) ? 'network' : 'force'} />
            <More station={station} openHelp={openHelp} />
          </>
        ) : (
          <>
            <CostMeter station={station} />
            <BackendChip station={station} />
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
function More({ station, openHelp }: Pick<FooterProps, 'station' | 'openHelp'>) {
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
              {station.speed && (
                <>
                  <h2>{text.frame.transport.speed}</h2>
                  <Speed speed={station.speed} />
                </>
              )}
              <h2>{text.frame.cost.title}</h2>
              <CostMeter station={station} />
              <Engines station={station} />
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Transport({ station, problem }: Pick<FooterProps, 'station' | 'problem'>) {
  const { run, speed } = station;
  const state = useSignal(run.state);
  const change = useStore((store) => store.change);
  const narrow = useNarrow();
  const busy = isBusy(state);
  const learns = trains(station);
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
      {speed && !narrow && <Speed speed={speed} />}
    </section>
  );
}

function trains({ id }: Station): boolean {
  return families.stations[id].trains !== undefined;
}

function Speed({ speed }: { speed: NonNullable<Station['speed']> }) {
  const chosen = useSignal(speed.chosen);
  const texts = useOfExperiment((experiment) => SPEEDS.map(({ id }) => speed.text(id, experiment)));
  const options = SPEEDS.map(({ id, label }, k) => ({ id, label: texts[k], note: label }));
  return (
    <span className="speed">
      <Choice
        options={options}
        value={chosen}
        onChange={(id) => speed.chosen.set(id as SpeedId)}
        aria-label={text.frame.transport.speed}
      />
    </span>
  );
}
