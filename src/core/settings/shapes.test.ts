import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { learnedKey } from '../coarse/map/learned.ts';
import { type Experiment, settingValue } from '../params/experiment.ts';
import { limitsOf, type ParamSpec, type ParamValue } from '../params/params.ts';
import { parseQuery } from './query.ts';
import { atStation, DEFAULT_CHOICES, settingsOf, withValue } from './settings.ts';
import { changedKeys, type Dependence, dataAspects, keyOf, modelAspects } from './shapes.ts';

const experimentOf = (query: string): Experiment => parseQuery(query, families).experiment;

const MEMBERS = [
  ...Object.keys(families.systems).map((system) => ({ ...DEFAULT_CHOICES, system })),
  ...Object.keys(families.integrators).map((integrator) => ({ ...DEFAULT_CHOICES, integrator })),
  ...Object.keys(families.methods).map((method) => ({ ...DEFAULT_CHOICES, method })),
  ...Object.keys(families.schedules).map((schedule) => ({ ...DEFAULT_CHOICES, schedule })),
  ...Object.keys(families.generators).map((generator) => ({ ...DEFAULT_CHOICES, generator })),
];

/** Another value that a setting may have; undefined if there is none that is not text. */
function other(spec: ParamSpec, value: ParamValue): ParamValue | undefined {
  if (spec.kind === 'toggle') return !value;
  if (spec.kind === 'choice') return spec.options.find(({ id }) => id !== value)?.id;
  if (spec.kind === 'text') return undefined;
  const [low, high] = limitsOf(spec);
  if (spec.kind === 'list') return [low];
  return spec.integer ? (value === high ? low : Number(value) + 1) : (low + Number(value)) / 2;
}

/** Settings whose change changes the key of a result. */
function shaping(experiment: Experiment, key: (experiment: Experiment) => string): string[] {
  return Object.entries(settingsOf(families, experiment))
    .filter(([name, spec]) => {
      const value = other(spec, settingValue(experiment, name));
      return value !== undefined && key({ ...experiment, [name]: value }) !== key(experiment);
    })
    .map(([name]) => name);
}

const keysOf = (query: string, dependence: Dependence) => {
  const experiment = experimentOf(query);
  const settings = settingsOf(families, experiment);
  const settable = (name: string) => other(settings[name], settingValue(experiment, name)) !== undefined;
  const shapes = shaping(experiment, (asked) => keyOf(families, asked, dependence));
  // Changes and keys agree.
  for (const name of Object.keys(settings).filter(settable)) {
    const value = other(settings[name], settingValue(experiment, name)) as ParamValue;
    const changed = { ...experiment, [name]: value };
    const stale = changedKeys(families, experiment, changed, dependence);
    expect([name, stale.length > 0]).toEqual([name, shapes.includes(name)]);
  }
  return shapes;
};

it.each(MEMBERS)('states for every setting what it shapes: %o', (choices) => {
  const silent = Object.entries(settingsOf(families, choices)).filter(([, { shapes }]) => !shapes?.length);
  expect(silent.map(([key]) => key)).toEqual([]);
});

describe('what results depend on', () => {
  const SYSTEM = 'system=double-well';

  it('is the energy and the temperature for equilibrium', () => {
    expect(keysOf(SYSTEM, 'energy')).toEqual(['system', 'system.barrier', 'system.tilt']);
    expect(keysOf(SYSTEM, 'density')).toEqual(['system', 'system.barrier', 'system.tilt', 'kT']);
    expect(keysOf('system=three-hole', 'freeEnergy')).toEqual(['system', 'kT', 'cv']);
    expect(keysOf('system=three-hole', 'samples')).toEqual(['seed', 'system', 'kT']);
    expect(keysOf('system=three-hole', 'conditionalSamples')).toEqual(['seed', 'system', 'kT', 'cv']);
    expect(keysOf('generator=reverse-sde', 'noise')).not.toContain('kT');
  });

  it('is the integrator for rates, but not its step', () => {
    expect(keysOf('system=three-hole', 'rates')).toEqual(['system', 'kT', 'integrator']);
  });

  it('is what walkers feel for runs', () => {
    const walk = ['seed', 'system', 'kT', 'cv'];
    const dynamics = ['integrator', 'integrator.dt'];
    expect(keysOf('station=explore', 'simulation')).toEqual([...walk, 'walkers', 'time', ...dynamics]);
    expect(keysOf('station=explore', 'restrained')).toEqual([...walk, ...dynamics]);
    const biased = keysOf('method=direct', 'biased');
    expect(biased).toEqual([...walk, ...dynamics, 'method', 'method.walkers', 'budget']);
    expect(keysOf('method=direct', 'bias')).toEqual([...biased, 'reweight']);
    const coupling = keysOf('station=couple', 'coupling').filter((key) => !key.startsWith('couple.'));
    expect(coupling).toEqual([...walk, ...dynamics, 'budget']);
    expect(keysOf('station=couple', 'coupling')).not.toContain('couple.ceiling');
  });

  it('is the observable for a run of Close, as for one of Bias', () => {
    const experiment = experimentOf('station=close');
    const changed = withValue(families, experiment, 'observable', 'x^2');
    expect(changedKeys(families, experiment, changed, 'closing')).toEqual(['observable']);
    expect(changedKeys(families, experiment, changed, 'bias')).toEqual(['observable']);
    expect(changedKeys(families, experiment, changed, 'biased')).toEqual([]);
  });

  it('is the source for training data', () => {
    const keys = (query: string) => keysOf(query, dataAspects(families, experimentOf(query)));
    const all = ['seed', 'system', 'kT', 'data', 'data.n', 'data.flat'];
    expect(keys('data=equilibrium')).toEqual(all);
    expect(keys('data=even')).toEqual([...all.slice(0, 3), 'cv', ...all.slice(3)]);
    expect(keys('data=simulation')).toEqual(expect.arrayContaining(['walkers', 'time', 'integrator.dt']));
    expect(keys('data=biased')).toEqual(expect.arrayContaining(['cv', 'method', 'method.windows', 'budget']));
    expect(keys('data=biased')).not.toContain('walkers');
  });

  it('is the noise schedule and, for a conditional network, the slow variable for a model', () => {
    const keys = (conditional: boolean) =>
      keysOf('station=learn', modelAspects(families, experimentOf('station=learn'), conditional));
    expect(keys(false)).toEqual(
      expect.arrayContaining(['network.width', 'train.steps', 'schedule', 'schedule.logMean']),
    );
    expect(keys(false)).not.toContain('cv');
    expect(keys(true)).toContain('cv');
    expect(keys(true)).not.toContain('generator.steps');
  });
});

describe('a learned slow variable', () => {
  const learned = experimentOf('system=three-hole&cv=diffusion');

  it('is another one when its map is', () => {
    const changed = withValue(families, learned, 'close.points', 2000);
    expect(changedKeys(families, changed, learned)).toEqual(['close.points', 'cv']);
    expect(changedKeys(families, changed, learned, 'freeEnergy')).toEqual(['cv']);
    expect(keyOf(families, changed, 'freeEnergy')).not.toBe(keyOf(families, learned, 'freeEnergy'));
    expect(keyOf(families, changed, 'energy')).toBe(keyOf(families, learned, 'energy'));
  });

  it('follows from the settings that shape its map', () => {
    const shapes = shaping(learned, (asked) => learnedKey(families, asked));
    expect(shapes).toEqual(keysOf('system=three-hole&cv=diffusion', 'map'));
  });
});

describe('an experiment at another station', () => {
  const stations = Object.keys(families.stations);
  const experiments = [
    '',
    'integrator=mala',
    'station=bias&system=double-well&kT=2',
    'observable=x^2&arms=direct',
  ];

  it.each(experiments)('is the one that a change of the station makes: %s', (query) => {
    for (const station of stations) {
      const experiment = experimentOf(query);
      expect(atStation(families, experiment, station)).toEqual(
        withValue(families, experiment, 'station', station),
      );
    }
  });
});

describe('tables of settings', () => {
  it('are the same for experiments that make the same choices', () => {
    const experiment = experimentOf('system=double-well');
    const warmer = withValue(families, experiment, 'kT', 2);
    expect(settingsOf(families, warmer)).toBe(settingsOf(families, experiment));
    const steeper = withValue(families, experiment, 'system.barrier', 7);
    expect(settingsOf(families, steeper)).not.toBe(settingsOf(families, experiment));
  });
});
