/**
 * A typed energy: `a*(x^2 - 1)^2 + y^2; a = 5 in [0, 10]; b = 0.5`. The first part is the energy in x, y and the parameters
 * that the others declare; parts end at semicolons or line ends.
 */
import { Graph } from '../expression/graph.ts';
import { ExpressionError, FUNCTIONS, place, shown } from '../expression/parse.ts';
import { messages } from '../message.ts';
import type { NumberSpec } from '../params/params.ts';

export const TYPED_COORDINATES = ['x', 'y'] as const;

export interface TypedEnergy {
  readonly energy: string;
  /** Declared parameters by name, in the order of the text. */
  readonly parameters: Readonly<Record<string, NumberSpec>>;
}

const MOST_PARAMETERS = 12;
const LARGEST_NUMBER = 1e9;
const NUMBER = '[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?';
const DECLARATION = new RegExp(
  `^([a-z]\\w*)\\s*=\\s*(${NUMBER})(?:\\s+in\\s*\\[\\s*(${NUMBER})\\s*,\\s*(${NUMBER})\\s*\\])?$`,
  'i',
);

/** `at` is the place of a character, counted from 1. */
export interface TypedMessages {
  readonly 'typed-energy-empty': object;
  readonly 'parameter-name-taken': { readonly name: string; readonly at: number };
  readonly 'parameter-declared-twice': { readonly name: string; readonly at: number };
  readonly 'too-many-parameters': { readonly count: number; readonly most: number };
  readonly 'not-a-declaration': { readonly text: string; readonly at: number };
  readonly 'parameter-too-large': { readonly name: string; readonly at: number; readonly most: number };
  readonly 'parameter-outside-range': { readonly name: string; readonly at: number };
}

const message = messages<TypedMessages>();

interface Part {
  readonly text: string;
  /** Where it starts in the whole text. */
  readonly start: number;
}

/**
 * @param reserved names that the text may not declare
 * @throws ExpressionError naming the culprit and its place
 */
export function readTypedEnergy(text: string, reserved: readonly string[] = []): TypedEnergy {
  const [first, ...declarations] = partsOf(text);
  if (!first) throw new ExpressionError(message('typed-energy-empty', {}), 0);
  const parameters = new Map<string, NumberSpec>();
  for (const part of declarations) {
    const { name, spec } = declarationOf(part);
    const taken = [...TYPED_COORDINATES, 'pi', ...FUNCTIONS, ...reserved].includes(name);
    if (taken || parameters.has(name))
      throw new ExpressionError(
        message(taken ? 'parameter-name-taken' : 'parameter-declared-twice', {
          name,
          at: place(part.start),
        }),
        part.start,
      );
    parameters.set(name, spec);
  }
  if (parameters.size > MOST_PARAMETERS)
    throw new ExpressionError(
      message('too-many-parameters', { count: parameters.size, most: MOST_PARAMETERS }),
      0,
    );
  // Blanks in front keep the places that errors name.
  new Graph([...TYPED_COORDINATES, ...parameters.keys()]).expression(' '.repeat(first.start) + first.text);
  return { energy: first.text, parameters: Object.fromEntries(parameters) };
}

/** @throws ExpressionError unless the text is an expression in x and y alone */
export function checkExpression(text: string): void {
  new Graph(TYPED_COORDINATES).expression(text);
}

function partsOf(text: string): Part[] {
  return [...text.matchAll(/[^;\n\r]+/g)].flatMap(({ 0: part, index }) => {
    const trimmed = part.trim();
    return trimmed === '' ? [] : [{ text: trimmed, start: index + part.indexOf(trimmed) }];
  });
}

function declarationOf({ text, start }: Part): { name: string; spec: NumberSpec } {
  const [, name, ...numbers] = DECLARATION.exec(text) ?? [];
  if (!name)
    throw new ExpressionError(message('not-a-declaration', { text: shown(text), at: place(start) }), start);
  const value = Number(numbers[0]);
  const [min, max] = numbers[1] === undefined ? usualRange(value) : [Number(numbers[1]), Number(numbers[2])];
  if (![value, min, max].every((number) => Math.abs(number) <= LARGEST_NUMBER))
    throw new ExpressionError(
      message('parameter-too-large', { name, at: place(start), most: LARGEST_NUMBER }),
      start,
    );
  if (!(min < max && value >= min && value <= max))
    throw new ExpressionError(message('parameter-outside-range', { name, at: place(start) }), start);
  const help = `Parameter ${name} of the typed energy.`;
  return { name, spec: { kind: 'number', label: name, default: value, min, max, live: true, help } };
}

function usualRange(value: number): readonly [number, number] {
  if (value === 0) return [-1, 1];
  return value > 0 ? [0, 2 * value] : [2 * value, 0];
}
