/** Syntax tree -> text in the notation of the language, which reads back to the same tree. */
import type { Operator, Syntax } from './parser.ts';

const PRECEDENCE: Readonly<Record<Operator, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '^': 4 };
const NEGATION = 1.5;
const ATOM = 5;

export function written(syntax: Syntax): string {
  switch (syntax.kind) {
    case 'number':
      return syntax.text;
    case 'symbol':
      return syntax.name;
    case 'negation':
      return `-${inside(syntax.argument, 3)}`;
    case 'call':
      return `${syntax.name}(${syntax.inputs.map(written).join(', ')})`;
    case 'binary':
      return operation(syntax);
    default:
      return syntax satisfies never;
  }
}

function operation({ operator, left, right }: Extract<Syntax, { kind: 'binary' }>): string {
  const own = PRECEDENCE[operator];
  if (operator === '^') return `${inside(left, ATOM)}^${inside(right, own)}`;
  const text = operator === '*' || operator === '/' ? operator : ` ${operator} `;
  // A minus in front of a product belongs to its first factor.
  return `${inside(left, left.kind === 'negation' ? NEGATION : own)}${text}${inside(right, own + 0.75)}`;
}

function inside(child: Syntax, least: number): string {
  const text = written(child);
  return precedence(child) < least ? `(${text})` : text;
}

function precedence(syntax: Syntax): number {
  if (syntax.kind === 'binary') return PRECEDENCE[syntax.operator];
  return syntax.kind === 'negation' ? NEGATION : ATOM;
}

/** The tree with names replaced by other trees. */
export function replaced(syntax: Syntax, by: ReadonlyMap<string, Syntax>): Syntax {
  switch (syntax.kind) {
    case 'number':
      return syntax;
    case 'symbol':
      return by.get(syntax.name) ?? syntax;
    case 'negation':
      return { ...syntax, argument: replaced(syntax.argument, by) };
    case 'call':
      return { ...syntax, inputs: syntax.inputs.map((input) => replaced(input, by)) };
    case 'binary':
      return { ...syntax, left: replaced(syntax.left, by), right: replaced(syntax.right, by) };
    default:
      return syntax satisfies never;
  }
}

/** Names in a tree, each with where it is first written, and whether that is before a bracket. */
export function namesIn(
  syntax: Syntax,
  found = new Map<string, { readonly start: number; readonly called: boolean }>(),
): typeof found {
  const parts = partsOf(syntax);
  for (const part of parts) namesIn(part, found);
  if (syntax.kind === 'symbol' && !found.has(syntax.name))
    found.set(syntax.name, { start: syntax.start, called: syntax.called === true });
  return found;
}

function partsOf(syntax: Syntax): readonly Syntax[] {
  if (syntax.kind === 'negation') return [syntax.argument];
  if (syntax.kind === 'call') return syntax.inputs;
  return syntax.kind === 'binary' ? [syntax.left, syntax.right] : [];
}
