/** Specs of the settings that every experiment has, whatever its system, integrator and generator. */
import type { Group } from './experiment.ts';
import type { Aspect, ChoiceSpec, NumberSpec, Option, ParamSpecs } from './params.ts';

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

export const count = (
  initial: number,
  min: number,
  max: number,
  more: Partial<NumberSpec> = {},
): NumberSpec => ({
  kind: 'number',
  default: initial,
  min,
  max,
  integer: true,
  scale: 'log',
  ...more,
});

/** An end of a stretch of a collective variable; links may ask for more than its range. */
export function stretchEnd(
  { range: [low, high] }: { readonly range: readonly [number, number] },
  initial: number,
): NumberSpec {
  const limits = [low - (high - low), high + (high - low)] as const;
  return { kind: 'number', default: initial, min: low, max: high, limits };
}
