/** The table of all settings of an experiment, and what happens when one of them changes. */
import { closeSettings } from '../coarse/settings.ts';
import { coupleSettings } from '../coupling/settings.ts';
import { generationSettings } from '../generative/generation-settings.ts';
import { learningSettings } from '../generative/training-settings.ts';
import { type Experiment, group, settingValue } from '../params/experiment.ts';
import { choice, family, number, prefixed, shaping, whole } from '../params/make.ts';
import { defaultsOf, type ParamSpec, type ParamSpecs, type ParamValue } from '../params/params.ts';
import { biasSettings, simulationSettings } from '../sampling/settings.ts';
import type { System } from '../systems/contract.ts';
import { LEARNED_CV, mayLearn } from '../systems/learned-cv.ts';
import { cvOf, resolveSystem } from '../systems/resolved.ts';
import { startSetting, targetSetting } from '../systems/settings.ts';
import type { Families } from './families.ts';

export const DEFAULT_SYSTEM = 'three-hole';

const DEFAULT_INTEGRATOR = 'euler-maruyama';

/** One force per step too, and the time step's error does not stand above the error bars of free energies. */
export const BIASED_INTEGRATOR = 'leimkuhler-matthews';

const DEFAULT_METHOD = 'umbrella';

const DEFAULT_SCHEDULE = 'edm';

const DEFAULT_GENERATOR = 'probability-flow';

const LARGEST_SEED = 2 ** 32 - 1;

/** The integrator that a link of this station leaves unsaid. */
export function defaultIntegrator({ stations }: Families, station: string | undefined): string {
  return (station && stations[station].integrator) || DEFAULT_INTEGRATOR;
}

/** The station of links that name none. */
export function firstStation({ stations }: Families): string {
  return Object.keys(stations)[0];
}

/** The choices on which the rest of the table depends. */
export interface Choices {
  /** The first when absent. */
  readonly station?: string;
  readonly system: string;
  readonly integrator: string;
  readonly method: string;
  readonly schedule: string;
  readonly generator: string;
  /** The system's first when absent or not one of its own. */
  readonly cv?: string;
  /** A second one that samples are conditioned on, or none. */
  readonly also?: string;
  /** Its own defaults where absent. */
  readonly [param: `system.${string}`]: ParamValue;
}

export const DEFAULT_CHOICES: Choices = {
  system: DEFAULT_SYSTEM,
  integrator: DEFAULT_INTEGRATOR,
  method: DEFAULT_METHOD,
  schedule: DEFAULT_SCHEDULE,
  generator: DEFAULT_GENERATOR,
};

/** Tables that are remembered: controls, keys and changes of an experiment ask for the same ones again and again. */
const MOST_TABLES = 32;
const tables = new WeakMap<Families, Map<string, ParamSpecs>>();

/** Every setting of an experiment with these choices, by query key, in the order of a link. */
export function settingsOf(families: Families, choices: Choices): ParamSpecs {
  const known = tables.get(families) ?? new Map<string, ParamSpecs>();
  tables.set(families, known);
  const { system, integrator, method, schedule, generator, cv, also } = choices;
  const key = JSON.stringify([
    [defaultIntegrator(families, choices.station), system, integrator, method, schedule, generator, cv, also],
    group(choices, 'system'),
  ]);
  const table = known.get(key) ?? Object.freeze(tableOf(families, choices));
  known.delete(key);
  known.set(key, table);
  for (const oldest of known.keys()) if (known.size > MOST_TABLES) known.delete(oldest);
  return table;
}

function tableOf(families: Families, choices: Choices): ParamSpecs {
  const member = families.systems[choices.system];
  const params = paramsOf(member, choices);
  const system = resolveSystem(member, { ...defaultsOf(params), ...group(choices, 'system') });
  const cv = cvOf(system, choices.cv);
  const others = system.cvs.filter(({ id }) => id !== cv.id);
  const table: Record<string, ParamSpec> = {
    station: choice(firstStation(families), Object.keys(families.stations), { shapes: ['view'] }),
    seed: whole(1, [0, LARGEST_SEED], { shapes: ['seed'] }),
    system: family(DEFAULT_SYSTEM, families.systems, 'energy'),
    ...prefixed('system', shaping('energy', params)),
    kT: number(1, [0.1, 5], {
      symbol: 'k_BT',
      unit: 'ε',
      limits: [1e-3, 1e3],
      live: true,
      shapes: ['temperature'],
    }),
    cv: choice(
      system.cvs[0].id,
      [...system.cvs, ...(mayLearn(system) ? [LEARNED_CV] : [])].map(({ id, label }) => ({ id, label })),
      { symbol: '\\xi', shapes: ['variable'] },
    ),
    start: startSetting(system),
    target: targetSetting(system),
    ...simulationSettings,
    integrator: family(defaultIntegrator(families, choices.station), families.integrators, 'integrator'),
    ...prefixed('integrator', shaping('step', families.integrators[choices.integrator].params)),
    method: family(DEFAULT_METHOD, families.methods, 'method'),
    ...prefixed(
      'method',
      shaping(
        'method',
        families.methods[choices.method].params({ system, cv, estimators: families.estimators }),
      ),
    ),
    ...biasSettings(others, [
      ...system.coordinates,
      ...Object.keys(params).filter((name) => params[name].kind === 'number'),
    ]),
    ...learningSettings(families.datasets),
    schedule: family(DEFAULT_SCHEDULE, families.schedules, 'schedule'),
    ...prefixed('schedule', shaping('schedule', families.schedules[choices.schedule].params)),
    generator: family(DEFAULT_GENERATOR, families.generators, 'generator'),
    ...prefixed('generator', shaping('generator', families.generators[choices.generator].params)),
    ...generationSettings(
      cv,
      others,
      others.find(({ id }) => id === choices.also),
    ),
    ...coupleSettings(cv, families),
    ...closeSettings(cv),
  };
  return suggested(table, member, cv.id === system.cvs[0].id);
}

/** The experiment of a link that makes these choices and says nothing else. */
export function defaultExperiment(families: Families, choices: Choices = DEFAULT_CHOICES): Experiment {
  return Object.freeze({ ...defaultsOf(settingsOf(families, choices)), ...choices }) as unknown as Experiment;
}

/**
 * The experiment with one setting changed. Other settings keep their value as long as their spec stays the same:
 * another system brings its own temperature, time step and parameters.
 */
export function withValue(
  families: Families,
  experiment: Experiment,
  key: string,
  value: ParamValue,
): Experiment {
  return carriedOver(
    families,
    experiment,
    { ...experiment, ...arriving(families, experiment, key, value), [key]: value },
    key,
  );
}

/** The experiment at another station; where the integrator stays, so do all other settings. */
export function atStation(families: Families, experiment: Experiment, station: string): Experiment {
  if (station === experiment.station) return experiment;
  const { integrator } = { ...experiment, ...arriving(families, experiment, 'station', station) };
  return integrator === experiment.integrator
    ? Object.freeze({ ...experiment, station })
    : withValue(families, experiment, 'station', station);
}

/** Whoever has not chosen an integrator has that of the station. */
function arriving(
  families: Families,
  { station, integrator }: Experiment,
  key: string,
  value: ParamValue,
): Partial<Pick<Experiment, 'integrator'>> {
  const isOwn = key === 'station' && integrator === defaultIntegrator(families, station);
  return isOwn ? { integrator: defaultIntegrator(families, String(value)) } : {};
}

/** The experiment of a biased run: whoever has not chosen an integrator has the one for free energies. */
export function asBiased(families: Families, experiment: Experiment): Experiment {
  const { station, integrator } = experiment;
  const isOwn = integrator === defaultIntegrator(families, station);
  return isOwn ? withValue(families, experiment, 'integrator', BIASED_INTEGRATOR) : experiment;
}

function carriedOver(
  families: Families,
  experiment: Experiment,
  changed: Experiment,
  key: string,
): Experiment {
  const before = settingsOf(families, experiment);
  const after = settingsOf(families, changed);
  const entries = Object.entries(after).map(([name, spec]) => {
    const kept = settingValue(changed, name);
    const survives =
      name === key ||
      name === 'integrator' ||
      (name in before && sameSpec(before[name], spec) && !isRefused(name, spec, kept));
    return [name, survives ? kept : spec.default];
  });
  const carried = Object.freeze(Object.fromEntries(entries)) as unknown as Experiment;
  // The table was that of a second cv which the changed system may not have.
  return carried.also === changed.also
    ? carried
    : carriedOver(families, experiment, { ...changed, also: carried.also }, key);
}

/** A place may be none of a changed system. What defines the system stays as the user typed it. */
function isRefused(name: string, spec: ParamSpec, value: ParamValue): boolean {
  const isPlace = spec.kind === 'text' && !name.startsWith('system.');
  return isPlace && spec.check?.(String(value)) !== undefined;
}

/** Most specs of two tables are the very same. */
function sameSpec(a: ParamSpec, b: ParamSpec): boolean {
  const meaning = (spec: ParamSpec) => JSON.stringify({ ...spec, shapes: [] });
  return a === b || meaning(a) === meaning(b);
}

/** Windows are suggested for the first slow variable only. */
function suggested(table: Record<string, ParamSpec>, system: System, firstCv: boolean): ParamSpecs {
  for (const [key, suggestion] of Object.entries(system.suggest))
    if (key in table && (firstCv || !/^(couple|close)\./.test(key)))
      table[key] = { ...table[key], ...suggestion } as ParamSpec;
  return table;
}

/** Specs of the system's own parameters; those of a typed system follow from its text. */
function paramsOf(system: System, choices: Choices): ParamSpecs {
  return typeof system.params === 'function' ? system.params(group(choices, 'system')) : system.params;
}
