/** All settings that matter at the open station, in groups. The controls follow from the parameter tables. */
import { type ReactNode, useId, useState } from 'react';
import { families } from '../../catalog.ts';
import { type Experiment, group } from '../../core/params/experiment.ts';
import { teachesOf, text } from '../../text/index.ts';
import { DataSource } from '../data/DataSource.tsx';
import { SystemGallery } from '../dialogs/SystemGallery.tsx';
import { isLearned } from '../parts/cv-key.ts';
import { settingsFor, stationProblem, systemOf } from '../parts/system.ts';
import { useExperiment, useStore } from '../store.ts';
import { Equation } from './Equation.tsx';
import { liveTex, type Notation, pointed } from './live-tex.ts';
import { SettingControl } from './SettingControl.tsx';

interface Group {
  readonly title: string;
  readonly keys: readonly string[];
}

const { groups } = text.controls;

const PARAMETER = /^system\./;
const DYNAMICS = /^(start$|target$|walkers$|time$|integrator(\.|$))/;
const BIASED_DYNAMICS = /^(start$|integrator(\.|$))/;
const METHOD = /^method(\.|$)/;
const REWEIGHTING = /^(reweight|observable)$/;
const WINDOWS = /^couple\.(windows|low|high|springConstant)$/;
const DIFFUSION_MAP = /^close\.(map|points|alpha|scale|mapTime|mapTemperature|mapSeed)$/;
const MOVES = /^couple\.(moves|every|rounds)$/;
/** Settings of models, in the order in which they matter. */
const MODEL_GROUPS: readonly { readonly title: string; readonly holds: RegExp }[] = [
  { title: groups.data, holds: /^data(\.|$)/ },
  { title: groups.network, holds: /^network\./ },
  { title: groups.training, holds: /^train\./ },
  { title: groups.noise, holds: /^schedule(\.|$)/ },
  { title: groups.generation, holds: /^(generator(\.|$)|samples$)/ },
];

export function ControlPanel() {
  const experiment = useExperiment();
  const reset = useStore((store) => store.reset);
  return (
    <>
      <SystemGroup />
      {groupsOf(experiment).map(({ title, keys }) => (
        <details className="group" key={title} open>
          <summary>
            <h2>{title}</h2>
          </summary>
          {keys.map((key) =>
            key === 'data' ? <DataSource key={key} /> : <SettingControl name={key} key={key} />,
          )}
        </details>
      ))}
      <button type="button" className="button reset" onClick={reset}>
        {text.controls.reset}
      </button>
    </>
  );
}

function SystemGroup() {
  const experiment = useExperiment();
  const change = useStore((store) => store.change);
  const [notation, setNotation] = useState<Notation>('symbols');
  const id = useId();
  const system = families.systems[experiment.system];
  const parameters = Object.keys(settingsFor(experiment)).filter((key) => PARAMETER.test(key));
  return (
    <div className="group">
      <h2 id={id}>{groups.system}</h2>
      <SystemGallery
        value={experiment.system}
        onChange={(value) => change('system', value)}
        labelledBy={id}
      />
      <div className="equation-frame">
        <Equation label={text.controls.energy} tex={liveTex(system, group(experiment, 'system'), notation)} />
        {parameters.length > 0 && (
          <button
            type="button"
            className="chip notation"
            aria-pressed={notation === 'numbers'}
            onClick={() => setNotation(notation === 'numbers' ? 'symbols' : 'numbers')}
          >
            {text.controls.numbers}
          </button>
        )}
      </div>
      <p className="teaches">
        {teachesOf('system', experiment.system)}
        {system.cite && <cite> {system.cite}.</cite>}
      </p>
      {parameters.map((key) => (
        <Pointed name={key.slice('system.'.length)} key={key}>
          <SettingControl name={key} />
        </Pointed>
      ))}
    </div>
  );
}

/** Its parameter is marked in the equation while the pointer or the focus is inside. */
function Pointed({ name, children }: { name: string; children: ReactNode }) {
  const point = () => pointed.set(name);
  const leave = () => pointed.set(null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens to what its control lets through
    <div onPointerEnter={point} onPointerLeave={leave} onFocus={point} onBlur={leave}>
      {children}
    </div>
  );
}

function groupsOf(experiment: Experiment): Group[] {
  const given = stationGroups(experiment);
  if (!isLearned(experiment) || experiment.station === 'close') return given;
  const keys = Object.keys(settingsFor(experiment)).filter((key) => DIFFUSION_MAP.test(key));
  return [...given, { title: groups.learnedCv, keys }];
}

function stationGroups(experiment: Experiment): Group[] {
  const { station } = experiment;
  const keys = Object.keys(settingsFor(experiment)).filter((key) => isNeeded(key, station));
  if (station === 'bias') return biasGroups(experiment, keys);
  if (station === 'couple' && !stationProblem(experiment)) return coupleGroups(experiment, keys);
  if (station === 'close' && !stationProblem(experiment)) return closeGroups(experiment, keys);
  const learns = station !== 'explore';
  const simulates = !learns || experiment.data === 'simulation';
  // What leads out of a station that cannot use the system: another system or another slow variable.
  if (stationProblem(experiment))
    return withKeys([
      { title: groups.conditions, keys: conditions(experiment).filter((key) => key !== 'at') },
    ]);
  const biases = learns && experiment.data === 'biased';
  return withKeys([
    { title: groups.conditions, keys: conditions(experiment) },
    ...MODEL_GROUPS.map(({ title, holds }) => ({
      title,
      keys: learns ? keys.filter((key) => holds.test(key) && matters(key, experiment)) : [],
    })),
    {
      title: learns ? groups.dataSimulation : groups.dynamics,
      keys: simulates ? keys.filter((key) => DYNAMICS.test(key)) : [],
    },
    { title: groups.dataBias, keys: biases ? biasedRun(keys, station) : [] },
  ]);
}

/** What the run of station Bias depends on, beside the conditions. */
function biasedRun(keys: readonly string[], station: string): string[] {
  const wanted = keys.filter((key) => METHOD.test(key) || key === 'budget' || BIASED_DYNAMICS.test(key));
  return station === 'learn' ? ['cv', ...wanted] : wanted;
}

/** What another system would be biased with, and how, comes before the conditions that all stations share. */
function biasGroups(experiment: Experiment, keys: readonly string[]): Group[] {
  return withKeys([
    { title: groups.method, keys: keys.filter((key) => METHOD.test(key)) },
    { title: groups.budget, keys: ['budget'] },
    { title: groups.conditions, keys: conditions(experiment) },
    { title: groups.dynamics, keys: keys.filter((key) => BIASED_DYNAMICS.test(key)) },
    { title: groups.results, keys: keys.filter((key) => REWEIGHTING.test(key)) },
  ]);
}

/** Which arms are asked for is chosen in their list. */
function coupleGroups(experiment: Experiment, keys: readonly string[]): Group[] {
  return withKeys([
    { title: groups.budget, keys: ['budget'] },
    { title: groups.windows, keys: keys.filter((key) => WINDOWS.test(key)) },
    { title: groups.model, keys: keys.filter((key) => MOVES.test(key)) },
    { title: groups.conditions, keys: conditions(experiment) },
    { title: groups.dynamics, keys: keys.filter((key) => BIASED_DYNAMICS.test(key)) },
    { title: groups.results, keys: ['couple.ceiling'] },
  ]);
}

function closeGroups(experiment: Experiment, keys: readonly string[]): Group[] {
  const own = [
    [groups.budget, /^budget$/],
    [groups.lifting, /^close\.(values|low|high|lift|model|data|training|neighbours|healing)$/],
    [groups.bursts, /^close\.(bursts|estimator|lag|skip|longest|leap)$/],
    [groups.diffusionMap, DIFFUSION_MAP],
    [groups.observable, /^observable$/],
    [groups.dynamics, /^(start$|target$|time$|integrator(\.|$))/],
  ] as const;
  return withKeys([
    { title: groups.conditions, keys: conditions(experiment) },
    ...own.map(([title, holds]) => ({
      title,
      keys: keys.filter((key) => holds.test(key) && matters(key, experiment)),
    })),
  ]);
}

function withKeys(groups: readonly Group[]): Group[] {
  return groups.filter(({ keys }) => keys.length > 0);
}

/** A choice of one is no choice, and evenness along the slow variable is for conditional models only. */
function isNeeded(key: string, station: string): boolean {
  // What counts as arrival matters where arrivals are counted.
  if (key === 'target') return station === 'explore';
  if (key === 'integrator') return Object.keys(families.integrators).length > 1;
  if (key === 'generator') return Object.keys(families.generators).length > 1;
  return key !== 'data.flat' || station === 'condition';
}

/** Whether a setting of models changes anything as the others are set. */
function matters(key: string, experiment: Experiment): boolean {
  if (/^close\.(model|data|training)$/.test(key)) return experiment['close.lift'] === 'model';
  if (key === 'train.dropCondition') return experiment.station === 'condition';
  if (key === 'generator.rho') return experiment['generator.spacing'] !== 'schedule';
  return true;
}

function conditions(experiment: Experiment): string[] {
  const { station } = experiment;
  const { cv } = settingsFor(experiment);
  const several = cv.kind === 'choice' && cv.options.length > 1;
  const { energy } = systemOf(experiment);
  return [
    // Noise without a potential is stated by the system itself.
    ...(energy === null ? [] : ['kT']),
    ...(several && station !== 'learn' ? ['cv'] : []),
    ...(station === 'condition' ? ['at'] : []),
  ];
}
