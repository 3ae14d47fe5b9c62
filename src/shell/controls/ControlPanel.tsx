/** All settings that matter at the open station, in groups. The controls follow from the parameter tables. */
import { type ReactNode, useId, useMemo, useState } from 'react';
import { families } from '../../catalog.ts';
import { type Experiment, group } from '../../core/params/experiment.ts';
import { teachesOf, text } from '../../text/index.ts';
import { DataSource } from '../data/DataSource.tsx';
import { SystemGallery } from '../dialogs/SystemGallery.tsx';
import { useStep } from '../lessons/lesson-store.ts';
import { isLearned } from '../parts/derived.ts';
import { type SettingGroup, stationOf, stationProblem } from '../station.ts';
import { useOfExperiment, useStore } from '../store.ts';
import { Equation } from './Equation.tsx';
import { liveTex, type Notation, pointed } from './live-tex.ts';
import { SettingControl } from './SettingControl.tsx';
import { conditions, DIFFUSION_MAP, settingGroups } from './setting-groups.ts';

export function ControlPanel() {
  const shown = useStep()?.show ?? null;
  return shown === null ? <AllControls /> : <Controls keys={shown} />;
}

function AllControls() {
  const reset = useStore((store) => store.reset);
  return (
    <>
      <SystemGroup />
      {useGroups().map(({ title, keys }) => (
        <details className="group" key={title} open>
          <summary>
            <h2>{title}</h2>
          </summary>
          <Controls keys={keys} />
        </details>
      ))}
      <button type="button" className="button reset" onClick={reset}>
        {text.controls.reset}
      </button>
    </>
  );
}

function Controls({ keys }: { keys: readonly string[] }) {
  return keys.map((key) =>
    key === 'data' ? <DataSource key={key} /> : <SettingControl name={key} key={key} />,
  );
}

function SystemGroup() {
  const name = useOfExperiment((experiment) => experiment.system);
  const values = useOfExperiment((experiment) => group(experiment, 'system'));
  const change = useStore((store) => store.change);
  const [notation, setNotation] = useState<Notation>('symbols');
  const id = useId();
  const system = families.systems[name];
  const parameters = Object.keys(values);
  return (
    <div className="group">
      <h2 id={id}>{text.controls.groups.system}</h2>
      <SystemGallery value={name} onChange={(value) => change('system', value)} labelledBy={id} />
      <div className="equation-frame">
        <Equation label={text.controls.energy} tex={liveTex(system, values, notation)} />
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
        {teachesOf('system', name)}
        {system.cite && <cite> {system.cite}.</cite>}
      </p>
      {parameters.map((key) => (
        <Pointed name={key} key={key}>
          <SettingControl name={`system.${key}`} />
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

/** The same groups as long as they hold the same settings. */
function useGroups(): readonly SettingGroup[] {
  const key = useOfExperiment((experiment) => JSON.stringify(groupsOf(experiment)));
  return useMemo(() => JSON.parse(key), [key]);
}

function groupsOf(experiment: Experiment): readonly SettingGroup[] {
  const { groups } = text.controls;
  const given = stationGroups(experiment);
  if (!isLearned(experiment) || given.some(({ keys }) => keys.some((key) => DIFFUSION_MAP.includes(key))))
    return given;
  return [...given, ...settingGroups(experiment, [[groups.learnedCv, DIFFUSION_MAP]])];
}

function stationGroups(experiment: Experiment): readonly SettingGroup[] {
  // What leads out of a station that cannot use the system: another system or another slow variable.
  if (stationProblem(experiment))
    return settingGroups(experiment, [[text.controls.groups.conditions, conditions(experiment)]]);
  return stationOf(experiment).settings(experiment);
}
