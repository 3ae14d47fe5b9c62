/**
 * A typed energy: `a*(x^2 - 1)^2 + y^2; a = 5 in [0, 10]; b = 0.5`, in any notation of `expression/statements.ts`. One statement is
 * the energy; numbers that have a name are parameters; what is defined by other names is put in their place.
 */

import { FUNCTION_NAMES } from '../expression/functions.ts';
import { Graph } from '../expression/graph.ts';
import { ExpressionError, expressionMessage, place, shown, told } from '../expression/parse.ts';
import type { Syntax } from '../expression/parser.ts';
import { leftOut, type Statement, statementsOf } from '../expression/statements.ts';
import { namesIn, replaced, written } from '../expression/written.ts';
import { messages } from '../message.ts';
import { number } from '../params/make.ts';
import type { NumberSpec } from '../params/params.ts';
import { mendedNames } from './typed-names.ts';

export const TYPED_COORDINATES = ['x', 'y'] as const;

export interface TypedEnergy {
  /** In the coordinates and parameters, as `parse` reads it. */
  readonly energy: string;
  /** x alone where the text says nothing of y. */
  readonly coordinates: readonly string[];
  /** Declared parameters by name, in the order of the text. */
  readonly parameters: Readonly<Record<string, NumberSpec>>;
  /** What of the text was passed over, as it stands there. */
  readonly dropped: readonly string[];
}

const MOST_PARAMETERS = 64;
const LARGEST_NUMBER = 1e9;
/** Operations of a definition that others are put into: what would grow without end is refused. */
const LONGEST_ENERGY = 20_000;
/** Functions whose names no parameter may have; before an operator the others are names like any other. */
const FUNCTIONS = ['exp', 'log', 'sqrt', 'sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh', 'abs', 'atan2'];
const CONSTANTS = ['pi', 'e', 'E'];
/** What people call an energy. */
const ENERGY_NAMES = new Set(['U', 'V', 'F', 'H', 'W', 'E', 'f', 'energy', 'potential', 'pot']);

/** `at` is the place of a character, counted from 1. */
export interface TypedMessages {
  readonly 'typed-energy-empty': object;
  readonly 'parameter-name-taken': { readonly name: string; readonly at: number };
  readonly 'parameter-declared-twice': { readonly name: string; readonly at: number };
  readonly 'parameter-circular': { readonly name: string; readonly at: number };
  readonly 'too-many-parameters': { readonly count: number; readonly most: number };
  readonly 'not-a-declaration': { readonly text: string; readonly at: number };
  readonly 'parameter-too-large': { readonly name: string; readonly at: number; readonly most: number };
  readonly 'parameter-outside-range': { readonly name: string; readonly at: number };
  readonly 'energy-too-long': { readonly most: number };
}

const message = messages<TypedMessages>();

/**
 * @param reserved names that the text may not declare
 * @throws ExpressionError naming the culprit and its place
 */
export function readTypedEnergy(text: string, reserved: readonly string[] = []): TypedEnergy {
  const statements = told(text, () => statementsOf(text));
  const energy = energyOf(statements, text);
  const definitions = definitionsOf(statements, energy, reserved);
  const parameters = new Map<string, NumberSpec>();
  const others = new Map<string, Syntax>();
  for (const [name, statement] of definitions)
    if (isNumber(statement)) parameters.set(name, specOf(name, statement));
    else others.set(name, statement.value);
  if (parameters.size > MOST_PARAMETERS)
    throw new ExpressionError(
      message('too-many-parameters', { count: parameters.size, most: MOST_PARAMETERS }),
      0,
    );
  const whole = withDefinitions(energy.value, others, definitions);
  const known = [...TYPED_COORDINATES, ...parameters.keys()];
  checkNames(whole, known, text);
  const formula = written(whole);
  new Graph(known).expression(formula);
  const names = namesIn(whole);
  const coordinates = TYPED_COORDINATES.filter((name) => name === 'x' || names.has(name) || !names.has('x'));
  const dropped = leftOut(text, statements, energy);
  return { energy: formula, coordinates, parameters: Object.fromEntries(parameters), dropped };
}

/** @throws ExpressionError unless the text is an expression in x and y alone */
export function checkExpression(text: string): void {
  new Graph(TYPED_COORDINATES).expression(text);
}

/** The statement that is the energy: what is returned, a formula without a name, or one with the name of an energy. */
function energyOf(statements: readonly Statement[], text: string): Statement {
  const bare = statements.filter(({ name }) => name === null);
  const returned = bare.findLast((statement) => statement.returned);
  const [formula, second] = bare;
  if (second && !returned)
    throw new ExpressionError(
      message('not-a-declaration', { text: shown(text.slice(second.at, second.end)), at: place(second.at) }),
      second.at,
    );
  const used = new Set(statements.flatMap(({ value }) => [...namesIn(value).keys()]));
  const named = statements.findLast(
    ({ name, inputs }) => name !== null && !used.has(name) && (inputs.length > 0 || ENERGY_NAMES.has(name)),
  );
  const energy = returned ?? formula ?? named;
  if (!energy) throw new ExpressionError(message('typed-energy-empty', {}), 0);
  return energy;
}

function definitionsOf(
  statements: readonly Statement[],
  energy: Statement,
  reserved: readonly string[],
): Map<string, Statement> {
  const definitions = new Map<string, Statement>();
  const taken = [...TYPED_COORDINATES, 'pi', ...FUNCTIONS, ...reserved];
  for (const statement of statements) {
    const { name, at } = statement;
    if (statement === energy || name === null) continue;
    // Names that every record has are none of its entries.
    if (taken.includes(name) || name in Object.prototype)
      throw new ExpressionError(message('parameter-name-taken', { name, at: place(at) }), at);
    if (definitions.has(name))
      throw new ExpressionError(message('parameter-declared-twice', { name, at: place(at) }), at);
    definitions.set(name, statement);
  }
  return definitions;
}

/** Whether it is made of numbers alone: its names are those of constants. */
function isNumber({ value }: Statement): boolean {
  return [...namesIn(value).keys()].every((name) => CONSTANTS.includes(name));
}

function specOf(name: string, { value, range, at }: Statement): NumberSpec {
  const initial = constantOf(value);
  const [min, max] = range === null ? usualRange(initial) : range.map(constantOf);
  if (![initial, min, max].every((each) => Math.abs(each) <= LARGEST_NUMBER))
    throw new ExpressionError(
      message('parameter-too-large', { name, at: place(at), most: LARGEST_NUMBER }),
      at,
    );
  if (!(min < max && initial >= min && initial <= max))
    throw new ExpressionError(message('parameter-outside-range', { name, at: place(at) }), at);
  return number(initial, [min, max], { live: true });
}

/** @throws ExpressionError where there are names */
function constantOf(value: Syntax): number {
  const graph = new Graph([]);
  const node = graph.nodes[graph.expression(written(value))];
  return node.op === 'constant' ? node.value : Number.NaN;
}

function usualRange(value: number): readonly [number, number] {
  if (value === 0) return [-1, 1];
  return value > 0 ? [0, 2 * value] : [2 * value, 0];
}

/** The energy with every definition in place of its name. @throws ExpressionError for one that needs itself */
function withDefinitions(
  energy: Syntax,
  others: ReadonlyMap<string, Syntax>,
  definitions: ReadonlyMap<string, Statement>,
): Syntax {
  const whole = new Map<string, Syntax>();
  const open = new Set<string>();
  const resolved = (value: Syntax): Syntax => {
    for (const name of namesIn(value).keys()) if (others.has(name) && !whole.has(name)) resolve(name);
    const result = replaced(value, whole);
    if (written(result).length > LONGEST_ENERGY)
      throw new ExpressionError(message('energy-too-long', { most: LONGEST_ENERGY }), 0);
    return result;
  };
  const resolve = (name: string) => {
    const at = definitions.get(name)?.at ?? 0;
    if (open.has(name)) throw new ExpressionError(message('parameter-circular', { name, at: place(at) }), at);
    open.add(name);
    whole.set(name, resolved(others.get(name)!));
    open.delete(name);
  };
  return resolved(energy);
}

/** @throws ExpressionError for a name without a meaning, with a text in which it has one */
function checkNames(energy: Syntax, known: readonly string[], text: string): void {
  const names = namesIn(energy);
  const unknown = [...names.keys()].filter((name) => !known.includes(name) && !CONSTANTS.includes(name));
  const [name] = unknown;
  if (name === undefined) return;
  const { start, called } = names.get(name)!;
  const where = { name: shown(name), at: place(start) };
  throw new ExpressionError(
    called
      ? expressionMessage('expression-unknown-function', { ...where, functions: FUNCTION_NAMES })
      : expressionMessage('expression-unknown-name', { ...where, known: [...known, 'pi', 'e'] }),
    start,
    called ? null : mendedNames(text, unknown, known, TYPED_COORDINATES, names),
  );
}
