/** Makers of specs, so that a setting is stated in a line: default, range, and what else there is to say. */
import type { Group } from './experiment.ts';
import type {
  Aspect,
  ChoiceSpec,
  ListSpec,
  NumberSpec,
  Option,
  ParamSpecs,
  TextSpec,
  ToggleSpec,
} from './params.ts';

/** A choice between ids; options that a system names itself come with their names. */
export function choice<const Id extends string>(
  initial: NoInfer<Id>,
  options: readonly (Id | Option<Id>)[],
  more: Pick<ChoiceSpec, 'symbol' | 'shapes'> = {},
): ChoiceSpec<Id> {
  const named = options.map((option) => (typeof option === 'string' ? { id: option } : option));
  return { kind: 'choice', default: initial, options: named, ...more };
}

/** A choice between the members of a family. */
export function family(
  initial: string,
  members: Readonly<Record<string, unknown>>,
  shapes: Aspect,
): ChoiceSpec {
  return choice(initial, Object.keys(members), { shapes: [shapes] });
}

/** The specs, with what they shape; one that states it itself keeps that. */
export function shaping<S extends ParamSpecs>(aspect: Aspect, specs: S): S {
  return Object.fromEntries(
    Object.entries(specs).map(([key, spec]) => [key, { shapes: [aspect], ...spec }]),
  ) as S;
}

/** Specs of a group or of a member by query key. */
export function prefixed(name: Group, specs: ParamSpecs): ParamSpecs {
  return Object.fromEntries(Object.entries(specs).map(([key, spec]) => [`${name}.${key}`, spec]));
}

type Range = readonly [number, number];

/** A number, its default and the range of its slider; `limits` where links may ask for more. */
export function number(
  initial: number,
  [min, max]: Range,
  more: Omit<NumberSpec, 'kind' | 'default' | 'min' | 'max'> = {},
): NumberSpec {
  return { kind: 'number', default: initial, min, max, ...more };
}

export const whole: typeof number = (initial, range, more) =>
  number(initial, range, { integer: true, ...more });

/** A whole number that may be of any order of magnitude. */
export const count: typeof number = (initial, range, more) =>
  whole(initial, range, { scale: 'log', ...more });

export function list(
  initial: readonly number[],
  limits: Range,
  maxLength: number,
  more: Pick<ListSpec, 'symbol' | 'unit' | 'empty' | 'shapes'> = {},
): ListSpec {
  return { kind: 'list', default: initial, limits, maxLength, ...more };
}

/** A number that is chosen automatically where none is given. */
export function optional(limits: Range, more?: Pick<ListSpec, 'symbol' | 'unit' | 'shapes'>): ListSpec {
  return list([], limits, 1, { empty: true, ...more });
}

export function toggle(initial: boolean): ToggleSpec {
  return { kind: 'toggle', default: initial };
}

export function text(
  initial: string,
  maxLength: number,
  more: Omit<TextSpec, 'kind' | 'default' | 'maxLength'>,
): TextSpec {
  return { kind: 'text', default: initial, maxLength, ...more };
}

/** An end of a stretch of a collective variable; links may ask for more than its range. */
export function stretchEnd({ range: [low, high] }: { readonly range: Range }, initial: number): NumberSpec {
  return number(initial, [low, high], { limits: [low - (high - low), high + (high - low)] });
}
