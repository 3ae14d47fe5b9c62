import { describe, expect, it } from 'vitest';
import { families } from '../catalog.ts';
import type { ParamSpec } from '../core/params/params.ts';
import { DEFAULT_CHOICES, settingsOf } from '../core/settings/settings.ts';
import { type Language, labelOf, optionLabel, settingWords, text, titleOf } from './index.ts';
import type { FamilyWords } from './language.ts';
import { type FamilyKey, wordsIn } from './lookup.ts';

const FAMILIES: readonly (readonly [FamilyKey, Readonly<Record<string, unknown>>])[] = [
  ['system', families.systems],
  ['integrator', families.integrators],
  ['method', families.methods],
  ['schedule', families.schedules],
  ['generator', families.generators],
];
const isParameter = (key: string) => FAMILIES.some(([family]) => key.startsWith(`${family}.`));

/** What is missing of the words of a setting. */
function lacking(
  key: string,
  spec: ParamSpec,
  choices = DEFAULT_CHOICES,
  language = wordsIn(text),
): string[] {
  const { label, help, options, empty } = language.settingWords(key, choices);
  const named = spec.kind === 'choice' ? spec.options.filter((option) => option.label === undefined) : [];
  // Members bring their titles, stations with their pages.
  const isMember = key === 'station' || FAMILIES.some(([family]) => family === key);
  return [
    ...(label === '' ? [`${key} has no label`] : []),
    ...(/[.?!]$/.test(help) ? [] : [`${key} has no help`]),
    ...(isMember
      ? []
      : named.filter(({ id }) => !options?.[id]).map(({ id }) => `${key}=${id} has no label`)),
    ...(spec.kind === 'list' && spec.empty !== undefined && !empty ? [`${key} has no word for empty`] : []),
  ];
}

describe('words of shared settings', () => {
  const table = settingsOf(families, DEFAULT_CHOICES);
  const shared = Object.entries(table).filter(([key]) => !isParameter(key));

  it('are there for each of them', () => {
    expect(shared.flatMap(([key, spec]) => lacking(key, spec))).toEqual([]);
  });

  it('are there for nothing else', () => {
    expect(Object.keys(text.settings).sort()).toEqual(shared.map(([key]) => key).sort());
  });

  it('would be missed', () => {
    const without = wordsIn({ ...text, settings: {} });
    expect(lacking('data', table.data, DEFAULT_CHOICES, without)).toContain('data has no help');
    expect(lacking('data', table.data, DEFAULT_CHOICES, without)).toContain('data=even has no label');
  });
});

describe.each(FAMILIES)('words of the family %s', (family, members) => {
  const words: FamilyWords = text.families[family];

  it('are those of its members', () => {
    expect(Object.keys(words).sort()).toEqual(Object.keys(members).sort());
  });

  it.each(Object.keys(members))('%s has words for every parameter and for no other', (id) => {
    const choices = { ...DEFAULT_CHOICES, [family]: id };
    const own = Object.entries(settingsOf(families, choices)).filter(([key]) => key.startsWith(`${family}.`));
    expect(own.flatMap(([key, spec]) => lacking(key, spec, choices))).toEqual([]);
    const names = own.map(([key]) => key.slice(family.length + 1));
    expect(names).toEqual(expect.arrayContaining(Object.keys(words[id].parameters ?? {})));
    if (family === 'system' || family === 'method') expect(words[id].teaches).toMatch(/^[^\n]+\.$/);
  });
});

describe('a member without words', () => {
  it('is shown by its ids', () => {
    const chosen = { ...DEFAULT_CHOICES, system: 'tilted-well' };
    expect(titleOf('system', 'tilted-well')).toBe('Tilted well');
    expect(labelOf('system.springConstant', chosen)).toBe('Spring constant');
    expect(settingWords('system.a', chosen)).toEqual({ label: 'A', help: '' });
    expect(optionLabel('system.kind', { id: 'soft' }, chosen)).toBe('Soft');
    expect(optionLabel('system.kind', { id: 'angle', label: 'θ' }, chosen)).toBe('θ');
    expect(titleOf('system', 'constructor')).toBe('Constructor');
  });
});

/** A few words of German, the rest English: that it compiles shows that a language is a value of this type. */
const german: Language = {
  ...text,
  messages: {
    ...text.messages,
    'not-a-number': ({ used }) => `ist keine Zahl; verwendet wird ${used}`,
    'default-used': ({ problem }, say) => `geht nicht: ${say(problem)}`,
  },
  settings: { ...text.settings, kT: { label: 'Temperatur', help: 'Thermische Energie.' } },
  families: { ...text.families, system: { 'double-well': { title: 'Doppelmulde' } } },
};

describe('another language', () => {
  const { say, labelOf: inGerman, titleOf: germanTitle } = wordsIn(german);

  it('puts messages, settings and members into its words', () => {
    expect(say({ id: 'not-a-number', values: { used: '1' } })).toBe('ist keine Zahl; verwendet wird 1');
    const problem = { id: 'not-a-number', values: { used: '2' } };
    expect(say({ id: 'default-used', values: { problem } })).toBe(
      'geht nicht: ist keine Zahl; verwendet wird 2',
    );
    expect(inGerman('kT', DEFAULT_CHOICES)).toBe('Temperatur');
    expect(inGerman('seed', DEFAULT_CHOICES)).toBe('Seed');
    expect(germanTitle('system', 'double-well')).toBe('Doppelmulde');
  });
});
