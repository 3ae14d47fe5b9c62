/**
 * A typed energy: `a*(x^2 - 1)^2 + y^2; a = 5 in [0, 10]; b = 0.5`. The first part is the energy in x, y and the parameters
 * that the others declare; parts end at semicolons or line ends.
 */
import { Graph } from '../expression/graph.ts';
import { ExpressionError, FUNCTIONS, place } from '../expression/parse.ts';
import type { NumberSpec } from '../params/params.ts';

export const TYPED_COORDINATES = ['x', 'y'] as const;

export interface TypedEnergy {
  readonly energy: string;
  /** Declared parameters by name, in the order of the text. */
  readonly parameters: Readonly<Record<string, NumberSpec>>;
}

const MOST_PARAMETERS = 12;
const LARGEST_NUMBER = 1e9;
const SHOWN = 40;
const NUMBER = '[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?';
const DECLARATION = new RegExp(
  `^([a-z]\\w*)\\s*=\\s*(${NUMBER})(?:\\s+in\\s*\\[\\s*(${NUMBER})\\s*,\\s*(${NUMBER})\\s*\\])?$`,
  'i',
);

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
  if (!first) throw new ExpressionError('The energy is empty', 0);
  const parameters = new Map<string, NumberSpec>();
  for (const part of declarations) {
    const { name, spec } = declarationOf(part);
    const taken = [...TYPED_COORDINATES, 'pi', ...FUNCTIONS, ...reserved].includes(name);
    if (taken || parameters.has(name))
      throw new ExpressionError(
        `"${name}" ${place(part.start)} ${taken ? 'means something else already' : 'is declared twice'}`,
        part.start,
      );
    parameters.set(name, spec);
  }
  if (parameters.size > MOST_PARAMETERS)
    throw new ExpressionError(
      `${parameters.size} parameters are declared; at most ${MOST_PARAMETERS} are allowed`,
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
    throw new ExpressionError(
      `"${text.slice(0, SHOWN)}" ${place(start)} does not declare a parameter, as a = 0.5 in [0, 1] does`,
      start,
    );
  const value = Number(numbers[0]);
  const [min, max] = numbers[1] === undefined ? usualRange(value) : [Number(numbers[1]), Number(numbers[2])];
  if (![value, min, max].every((number) => Math.abs(number) <= LARGEST_NUMBER))
    throw new ExpressionError(
      `A number of "${name}" ${place(start)} is larger than ${LARGEST_NUMBER}`,
      start,
    );
  if (!(min < max && value >= min && value <= max))
    throw new ExpressionError(`"${name}" ${place(start)} needs a value within a range [low, high]`, start);
  const help = `Parameter ${name} of the typed energy.`;
  return { name, spec: { kind: 'number', label: name, default: value, min, max, live: true, help } };
}

function usualRange(value: number): readonly [number, number] {
  if (value === 0) return [-1, 1];
  return value > 0 ? [0, 2 * value] : [2 * value, 0];
}
