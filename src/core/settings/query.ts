/**
 * Experiment <-> link. A link holds the settings that differ from the defaults, readable, in the hash:
 * `#/condition?v=1&system=three-hole&kT=0.6`. Keys and meanings are a contract: see `docs/adr`.
 */

import { type Message, type MessageOf, messages } from '../message.ts';
import { type Experiment, settingValue } from '../params/experiment.ts';
import {
  formatValue,
  type ParamSpec,
  type ParamSpecs,
  type ParamValue,
  type ParamValues,
  parseValue,
  sameValue,
} from '../params/params.ts';
import type { Families } from './families.ts';
import {
  type Choices,
  DEFAULT_CHOICES,
  defaultExperiment,
  defaultIntegrator,
  firstStation,
  settingsOf,
  withValue,
} from './settings.ts';

export const LINK_VERSION = 1;
/** Links longer than this many characters are not read. */
export const MAX_LINK = 16_384;
/** Some programs cut links longer than this many characters. */
export const LONG_LINK = 2000;

const MAX_NOTICES = 20;
const SHOWN = 60;

export interface LinkMessages {
  readonly 'link-too-long': { readonly length: number; readonly most: number };
  readonly 'repeated-key': object;
  readonly 'unknown-version': { readonly used: number };
  readonly 'not-a-parameter': { readonly member: string };
  readonly 'not-a-setting': object;
  readonly 'more-notices': { readonly count: number };
}

const message = messages<LinkMessages>();

/** Something in a link that could not be used. */
export interface Notice {
  readonly key: string;
  readonly value: string;
  readonly message: Message;
}

export interface ParsedQuery {
  readonly experiment: Experiment;
  readonly notices: readonly Notice[];
}

/** Reads a whole link, a hash or a bare query. Never throws: what cannot be used becomes a notice and the default. */
export function parseQuery(text: string, families: Families): ParsedQuery {
  if (text.length > MAX_LINK) {
    const tooLong = message('link-too-long', { length: text.length, most: MAX_LINK });
    return { experiment: defaultExperiment(families), notices: [noticeOf('link', '', tooLong)] };
  }
  const notices: Notice[] = [];
  const entries = readEntries(text, families, notices);
  const choices = readChoices(entries, families, notices);
  const settings = settingsOf(families, choices);
  const values: Record<string, ParamValue> = { ...defaultExperiment(families, choices) };
  for (const [key, value] of entries) {
    if (Object.hasOwn(choices, key)) continue;
    const spec = Object.hasOwn(settings, key) ? settings[key] : undefined;
    const read = spec ? parseValue(spec, value) : undefined;
    if (read) values[key] = read.value;
    const problem = read ? read.problem : unknownKey(key, choices);
    if (problem) notices.push(noticeOf(key, value, problem));
  }
  return { experiment: Object.freeze(values) as unknown as Experiment, notices: bounded(notices) };
}

/** The hash of the shortest link that `parseQuery` reads back to `experiment`. */
export function encodeQuery(experiment: Experiment, families: Families): string {
  const settings = settingsOf(families, experiment);
  const query = Object.entries(settings)
    .filter(
      ([key, spec]) => key !== 'station' && !sameValue(settingValue(experiment, key), initial(key, spec)),
    )
    .map(([key]) => `${key}=${encodeText(formatValue(settingValue(experiment, key)))}`);
  return `#/${experiment.station}?${[`v=${LINK_VERSION}`, ...query].join('&')}`;
}

/** What a station opens with where nothing was asked for. */
export function openingOf(families: Families, station: string): Experiment {
  return parseQuery(`#/${station}`, families).experiment;
}

/** At another station: an experiment that was left as its station opened it gives way to what the other one opens with. */
export function movedTo(families: Families, experiment: Experiment, station: string): Experiment {
  const untouched =
    encodeQuery(experiment, families) === encodeQuery(openingOf(families, experiment.station), families);
  return untouched ? openingOf(families, station) : withValue(families, experiment, 'station', station);
}

/** The default with which a link is read: that of the empty link for the choices, of their table for the rest. */
function initial(key: string, spec: ParamSpec): ParamValue {
  return key === 'system' || key === 'method' || key === 'schedule' || key === 'generator'
    ? DEFAULT_CHOICES[key]
    : spec.default;
}

/** Commas and slashes are legal in a hash and easier to read unescaped. */
function encodeText(text: string): string {
  return encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%2F', '/');
}

function readEntries(text: string, { stations }: Families, notices: Notice[]): Map<string, string> {
  const hash = text.includes('#') ? text.slice(text.indexOf('#') + 1) : text;
  const mark = hash.indexOf('?');
  const path = mark >= 0 ? hash.slice(0, mark) : hash.includes('=') ? '' : hash;
  const station = path.replace(/^\/+|\/+$/g, '');
  const asked = mark >= 0 ? hash.slice(mark + 1) : hash.includes('=') ? hash : '';
  // A link that was written by a page has a version: it means the defaults, whatever the station opens with.
  const opening = Object.hasOwn(stations, station) ? stations[station].opening : undefined;
  const query = asked || (opening ?? '');
  const entries = new Map<string, string>();
  // Before a hash stands the address of the page, which names no station.
  if (station && (text.includes('#') || !/^[a-z]+:/i.test(station))) entries.set('station', station);
  // Text of web pages writes the sign between settings as an entity.
  for (const pair of query.replaceAll('&amp;', '&').split('&').filter(Boolean)) {
    const [key, value] = splitPair(pair);
    if (entries.has(key) && key !== 'station')
      notices.push(noticeOf(key, value, message('repeated-key', {})));
    entries.set(key, value);
  }
  checkVersion(entries, notices);
  return entries;
}

/** A plus sign stays one (expressions hold them); a malformed escape stays as it is written. */
function splitPair(pair: string): [string, string] {
  const mark = pair.indexOf('=');
  const parts = mark < 0 ? [pair, ''] : [pair.slice(0, mark), pair.slice(mark + 1)];
  return parts.map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  }) as [string, string];
}

function checkVersion(entries: Map<string, string>, notices: Notice[]): void {
  const version = entries.get('v');
  entries.delete('v');
  if (version !== undefined && version !== String(LINK_VERSION))
    notices.push(noticeOf('v', version, message('unknown-version', { used: LINK_VERSION })));
}

/** Choices come first: the rest of the table depends on them. */
function readChoices(
  entries: ReadonlyMap<string, string>,
  families: Families,
  notices: Notice[],
): Choices & { station: string } {
  const read = (settings: ParamSpecs, key: string, fallback: string): string => {
    const text = entries.get(key);
    if (text === undefined) return fallback;
    const spec = { ...settings[key], default: fallback } as ParamSpec;
    const { value, problem } = parseValue(spec, text);
    if (problem) notices.push(noticeOf(key, text, problem));
    return value as string;
  };
  const table = settingsOf(families, DEFAULT_CHOICES);
  const station = read(table, 'station', firstStation(families));
  const chosen = {
    station,
    system: read(table, 'system', DEFAULT_CHOICES.system),
    integrator: read(table, 'integrator', defaultIntegrator(families, station)),
    method: read(table, 'method', DEFAULT_CHOICES.method),
    schedule: read(table, 'schedule', DEFAULT_CHOICES.schedule),
    generator: read(table, 'generator', DEFAULT_CHOICES.generator),
  };
  // What is wrong with a text may depend on numbers (the domain), and which numbers there are depends on the texts.
  const withNumbers = { ...chosen, ...readParameters(families, chosen, 'number', []) };
  const withTexts = { ...chosen, ...readParameters(families, withNumbers, 'text', notices) };
  const withParameters = { ...withTexts, ...readParameters(families, withTexts, 'number', notices) };
  const ofSystem = settingsOf(families, withParameters);
  const withCv = { ...withParameters, cv: read(ofSystem, 'cv', ofSystem.cv.default as string) };
  return { ...withCv, also: read(settingsOf(families, withCv), 'also', 'none') };

  /** Parameters of the system of one kind. */
  function readParameters(
    of: Families,
    choices: Choices,
    kind: ParamSpec['kind'],
    notices: Notice[],
  ): ParamValues {
    const table = settingsOf(of, choices);
    const keys = [...entries.keys()].filter((key) => key.startsWith('system.') && table[key]?.kind === kind);
    return Object.fromEntries(
      keys.map((key) => {
        const { value, problem } = parseValue(table[key], entries.get(key) as string);
        if (problem) notices.push(noticeOf(key, entries.get(key) as string, problem));
        return [key, value];
      }),
    );
  }
}

function unknownKey(
  key: string,
  { system, integrator, method, schedule, generator }: Choices,
): MessageOf<LinkMessages> {
  const owner = {
    'system.': system,
    'integrator.': integrator,
    'method.': method,
    'schedule.': schedule,
    'generator.': generator,
  };
  const prefix = Object.keys(owner).find((start) => key.startsWith(start));
  return prefix
    ? message('not-a-parameter', { member: owner[prefix as keyof typeof owner] })
    : message('not-a-setting', {});
}

function noticeOf(key: string, value: string, problem: Message): Notice {
  return { key: shorten(key), value: shorten(value), message: problem };
}

function shorten(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

function bounded(notices: readonly Notice[]): readonly Notice[] {
  if (notices.length <= MAX_NOTICES) return notices;
  const rest = notices.length - MAX_NOTICES;
  return [...notices.slice(0, MAX_NOTICES), noticeOf('link', '', message('more-notices', { count: rest }))];
}
