/**
 * Parameter tables. One `ParamSpec` gives the type, default, control, validation and query text of a setting, so that
 * none of these can disagree. Its words are in `src/text`, by its key.
 */

import { type Message, messages } from '../message.ts';

/** What was wrong with the text of a value, and what is used instead. */
export interface ValueMessages {
  readonly 'not-a-number': { readonly used: string };
  readonly 'not-positive': { readonly used: string };
  readonly 'out-of-range': { readonly low: number; readonly high: number; readonly used: string };
  readonly 'not-whole': { readonly used: string };
  readonly 'unknown-option': { readonly options: readonly string[]; readonly used: string };
  readonly 'not-a-switch': { readonly used: string };
  /** Null: the value that is chosen automatically. */
  readonly 'not-numbers': { readonly used: string | null };
  readonly 'too-many-numbers': { readonly most: number };
  readonly 'text-too-long': { readonly length: number; readonly most: number };
  readonly 'default-used': { readonly problem: Message };
}

const message = messages<ValueMessages>();

/** What a setting shapes of an experiment. Results are stated by the aspects that they depend on. */
export type Aspect =
  | 'energy'
  | 'temperature'
  | 'variable'
  | 'seed'
  | 'start'
  | 'target'
  | 'integrator'
  | 'step'
  | 'simulation'
  | 'method'
  | 'budget'
  | 'reweighting'
  | 'observable'
  | 'data'
  | 'network'
  | 'schedule'
  | 'generator'
  | 'denoiser'
  | 'condition'
  | 'coupling'
  | 'closing'
  | 'map'
  /** What is looked at or asked for: it goes with each question, and no run depends on it. */
  | 'view';

interface Described {
  /** TeX of the symbol in the equations, e.g. `k_BT`. */
  readonly symbol?: string;
  /** A running simulation takes the new value without a restart. */
  readonly live?: boolean;
  /** What of an experiment it shapes; stale marks, caches and keys follow from it. See `settings/shapes.ts`. */
  readonly shapes?: readonly Aspect[];
}

export interface NumberSpec extends Described {
  readonly kind: 'number';
  readonly default: number;
  /** Range of the slider. */
  readonly min: number;
  readonly max: number;
  /** Range a link may use; the slider's range when absent. */
  readonly limits?: readonly [number, number];
  readonly step?: number;
  readonly integer?: boolean;
  readonly scale?: 'linear' | 'log';
  readonly unit?: string;
}

export interface Option<Id extends string = string> {
  readonly id: Id;
  /** Its name where a system gives it one, as to collective variables; `src/text` has the words of all others. */
  readonly label?: string;
}

export interface ChoiceSpec<Id extends string = string> extends Described {
  readonly kind: 'choice';
  readonly default: Id;
  readonly options: readonly Option<Id>[];
}

export interface ToggleSpec extends Described {
  readonly kind: 'toggle';
  readonly default: boolean;
}

/** Comma-separated numbers. */
export interface ListSpec extends Described {
  readonly kind: 'list';
  readonly default: readonly number[];
  /** A list without numbers has a meaning; otherwise there must be a number. */
  readonly empty?: true;
  readonly limits: readonly [number, number];
  readonly maxLength: number;
  readonly unit?: string;
}

export interface Understood {
  readonly tex: string;
  /** What of the text was passed over. */
  readonly dropped: readonly string[];
}

export interface TextSpec extends Described {
  readonly kind: 'text';
  readonly default: string;
  readonly maxLength: number;
  /** What is wrong with a text, if anything. */
  readonly check?: (text: string) => Message | undefined;
  /** A text that may have been meant by one that is refused. */
  readonly mend?: (text: string) => string | undefined;
  /** How a text is read, where it can be. */
  readonly understood?: (text: string) => Understood | undefined;
}

export type ParamSpec = NumberSpec | ChoiceSpec | ToggleSpec | ListSpec | TextSpec;
export type ParamSpecs = Readonly<Record<string, ParamSpec>>;
export type ParamValue = number | string | boolean | readonly number[];
export type ParamValues = Readonly<Record<string, ParamValue>>;

type ValueOf<S> = S extends { kind: 'number' }
  ? number
  : S extends { kind: 'toggle' }
    ? boolean
    : S extends { kind: 'list' }
      ? readonly number[]
      : S extends { kind: 'choice'; default: infer Id }
        ? Id
        : string;
/** The values a table of specs describes. */
export type Values<S extends ParamSpecs> = { readonly [K in keyof S]: ValueOf<S[K]> };

/** A value read from text, and what was wrong with the text, if anything. */
export interface Parsed {
  readonly value: ParamValue;
  readonly problem?: Message;
}

export function defaultsOf<S extends ParamSpecs>(specs: S): Values<S> {
  return Object.fromEntries(Object.entries(specs).map(([key, spec]) => [key, spec.default])) as Values<S>;
}

/** Reads `text` as a value of `spec`; malformed text gives the default, a value out of range the nearest limit. */
export function parseValue(spec: ParamSpec, text: string): Parsed {
  switch (spec.kind) {
    case 'number':
      return parseNumber(spec, text);
    case 'choice':
      return parseChoice(spec, text);
    case 'toggle':
      return parseToggle(spec, text);
    case 'list':
      return parseList(spec, text);
    case 'text':
      return parseText(spec, text);
    default:
      return spec satisfies never;
  }
}

/** The text that `parseValue` reads back to exactly `value`. */
export function formatValue(value: ParamValue): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return typeof value === 'object' ? value.join(',') : String(value);
}

export function sameValue(a: ParamValue, b: ParamValue): boolean {
  return formatValue(a) === formatValue(b);
}

export function limitsOf(spec: NumberSpec | ListSpec): readonly [number, number] {
  return spec.kind === 'list' ? spec.limits : (spec.limits ?? [spec.min, spec.max]);
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function readNumber(text: string): number | undefined {
  const trimmed = text.trim();
  const value = NUMBER.test(trimmed) ? Number(trimmed) + 0 : Number.NaN; // + 0: no negative zero
  return Number.isNaN(value) ? undefined : value;
}

function clamp(value: number, [low, high]: readonly [number, number]): number {
  return Math.min(high, Math.max(low, value));
}

function parseNumber(spec: NumberSpec, text: string): Parsed {
  const read = readNumber(text);
  if (read === undefined)
    return { value: spec.default, problem: message('not-a-number', { used: formatValue(spec.default) }) };
  const limits = limitsOf(spec);
  // What must be positive and is not was not meant as the smallest value.
  if (limits[0] > 0 && read <= 0)
    return { value: spec.default, problem: message('not-positive', { used: formatValue(spec.default) }) };
  const inside = clamp(read, limits);
  const value = spec.integer ? Math.round(inside) : inside;
  if (inside !== read) return { value, problem: outOfRange(limits, value) };
  return value === read ? { value } : { value, problem: message('not-whole', { used: formatValue(value) }) };
}

function outOfRange([low, high]: readonly [number, number], value: ParamValue) {
  return message('out-of-range', { low, high, used: formatValue(value) });
}

function parseChoice(spec: ChoiceSpec, text: string): Parsed {
  if (spec.options.some((option) => option.id === text)) return { value: text };
  const options = spec.options.map((option) => option.id);
  return { value: spec.default, problem: message('unknown-option', { options, used: spec.default }) };
}

function parseToggle(spec: ToggleSpec, text: string): Parsed {
  if (text === '1' || text === 'true') return { value: true };
  if (text === '0' || text === 'false') return { value: false };
  return { value: spec.default, problem: message('not-a-switch', { used: formatValue(spec.default) }) };
}

function parseList(spec: ListSpec, text: string): Parsed {
  if (spec.empty && text.trim() === '') return { value: [] };
  const read = text.split(',', spec.maxLength + 1).map(readNumber);
  if (read.some((value) => value === undefined))
    return {
      value: spec.default,
      problem: message('not-numbers', { used: formatValue(spec.default) || null }),
    };
  const kept = (read as number[]).slice(0, spec.maxLength);
  const value = kept.map((v) => clamp(v, spec.limits));
  if (kept.length < read.length)
    return { value, problem: message('too-many-numbers', { most: spec.maxLength }) };
  const moved = value.some((v, i) => v !== kept[i]);
  return moved ? { value, problem: outOfRange(spec.limits, value) } : { value };
}

function parseText(spec: TextSpec, text: string): Parsed {
  const problem = textProblem(spec, text);
  return problem ? { value: spec.default, problem: message('default-used', { problem }) } : { value: text };
}

/** What is wrong with a text, if anything. */
export function textProblem({ maxLength, check }: TextSpec, text: string): Message | undefined {
  if (text.length <= maxLength) return check?.(text);
  return message('text-too-long', { length: text.length, most: maxLength });
}
