/** Specs of the settings that every experiment has, whatever its system, integrator and generator. */
import type { NumberSpec, ParamSpec } from './params.ts';

export function choice(
  label: string,
  initial: string,
  options: readonly { id: string; label: string }[],
  help: string,
  symbol?: string,
): ParamSpec {
  return { kind: 'choice', label, default: initial, options, help, ...(symbol ? { symbol } : {}) };
}

export function family(
  label: string,
  initial: string,
  members: Readonly<Record<string, { title: string }>>,
  help: string,
): ParamSpec {
  return choice(
    label,
    initial,
    Object.entries(members).map(([id, { title }]) => ({ id, label: title })),
    help,
  );
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
