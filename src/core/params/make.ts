/** Specs of the settings that every experiment has, whatever its system, integrator and generator. */
import type { Group } from './experiment.ts';
import type { Aspect, ChoiceSpec, NumberSpec, ParamSpecs } from './params.ts';

export function choice<const Id extends string>(
  label: string,
  initial: NoInfer<Id>,
  options: readonly { id: Id; label: string }[],
  help: string,
  more: Pick<ChoiceSpec, 'symbol' | 'shapes'> = {},
): ChoiceSpec<Id> {
  return { kind: 'choice', label, default: initial, options, help, ...more };
}

export function family(
  label: string,
  initial: string,
  members: Readonly<Record<string, { title: string }>>,
  help: string,
  shapes: Aspect,
): ChoiceSpec {
  return choice(
    label,
    initial,
    Object.entries(members).map(([id, { title }]) => ({ id, label: title })),
    help,
    { shapes: [shapes] },
  );
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
  label: string,
  initial: number,
  min: number,
  max: number,
  help: string,
  more: Partial<NumberSpec> = {},
): NumberSpec => ({
  kind: 'number',
  label,
  default: initial,
  min,
  max,
  integer: true,
  scale: 'log',
  help,
  ...more,
});

/** An end of a stretch of the slow variable; links may ask for more than its range. */
export function stretchEnd(
  { range: [low, high] }: { readonly range: readonly [number, number] },
  label: string,
  initial: number,
  help: string,
): NumberSpec {
  const limits = [low - (high - low), high + (high - low)] as const;
  return { kind: 'number', label, default: initial, min: low, max: high, limits, help };
}
