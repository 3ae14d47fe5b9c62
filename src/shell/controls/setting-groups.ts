/** Groups of settings, from which a station makes its part of the panel. */
import { families } from '../../catalog.ts';
import type { Experiment, Group } from '../../core/params/experiment.ts';
import { isConditional } from '../../core/params/station.ts';
import { datasetWords, text } from '../../text/index.ts';
import { settingsFor } from '../parts/derived.ts';
import { systemOf } from '../parts/system.ts';
import type { SettingGroup } from '../station.ts';

const { groups } = text.controls;

export const DIFFUSION_MAP = ofGroup('close', [
  'map',
  'points',
  'alpha',
  'scale',
  'mapTime',
  'mapTemperature',
  'mapSeed',
]);
export const METHOD = ['method', 'method.*'];
export const BIASED_DYNAMICS = ['start', 'integrator', 'integrator.*'];

/** A title, and the settings by key; `method.*` are all parameters of the method. */
type GroupRow = readonly [title: string, holds: readonly string[]];

/** Settings of a group by their names in it. */
export function ofGroup(group: Group, names: readonly string[]): readonly string[] {
  return names.map((name) => `${group}.${name}`);
}

/** Groups in which there is a setting. @param unneeded settings that change nothing as the others are set */
export function settingGroups(
  experiment: Experiment,
  rows: readonly GroupRow[],
  unneeded: readonly string[] = [],
): SettingGroup[] {
  const keys = Object.keys(settingsFor(experiment)).filter((key) => isChoice(key) && !unneeded.includes(key));
  const held = (name: string) =>
    keys.filter((key) => (name.endsWith('.*') ? key.startsWith(name.slice(0, -1)) : key === name));
  return rows
    .map(([title, holds]) => ({ title, keys: holds.flatMap(held) }))
    .filter((group) => group.keys.length > 0);
}

/** A choice of one is no choice. */
function isChoice(key: string): boolean {
  if (key === 'integrator') return Object.keys(families.integrators).length > 1;
  return key !== 'generator' || Object.keys(families.generators).length > 1;
}

/** Temperature and slow variable, where there is a choice. */
export function conditions(experiment: Experiment): string[] {
  const { cv } = settingsFor(experiment);
  const several = cv.kind === 'choice' && cv.options.length > 1;
  // Noise without a potential is stated by the system itself.
  return [...(systemOf(experiment).energy === null ? [] : ['kT']), ...(several ? ['cv'] : [])];
}

/** Settings of a model and of its data, in the order in which they matter. */
export function modelGroups(experiment: Experiment): SettingGroup[] {
  const conditional = isConditional(experiment, families);
  const shared = conditions(experiment);
  const unneeded = [
    // Evenness along the slow variable, and its omission, are for conditional models.
    ...(conditional ? [] : ['data.flat', 'train.dropCondition']),
    ...(experiment['generator.spacing'] === 'schedule' ? ['generator.rho'] : []),
  ];
  const rows: GroupRow[] = [
    [groups.conditions, conditional ? [...shared, 'at'] : shared.filter((key) => key !== 'cv')],
    [groups.data, ['data', 'data.*']],
    [groups.network, ['network.*']],
    [groups.training, ['train.*']],
    [groups.noise, ['schedule', 'schedule.*']],
    [groups.generation, ['generator', 'generator.*', 'samples']],
    [datasetWords(experiment.data).run ?? '', runOfData(experiment, conditional)],
  ];
  return settingGroups(experiment, rows, unneeded);
}

/** What the run depends on that makes the data, but for what conditional models ask for anyway. */
function runOfData({ data }: Experiment, conditional: boolean): string[] {
  const { settings = [] } = families.datasets[data];
  return settings.filter((key) => !(conditional && key === 'cv'));
}
