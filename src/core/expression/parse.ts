/**
 * Text -> syntax tree, by jsep with an allow-list: numbers, names, + - * / ^, parentheses and calls. Nothing else
 * parses, so nothing else can run. `^` binds tighter than a minus in front of it and to the right, as in mathematics.
 */
import jsep from 'jsep';
import { type Message, messages, Problem } from '../message.ts';

export type Syntax =
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  | { readonly kind: 'symbol'; readonly name: string; readonly start: number }
  | { readonly kind: 'negation'; readonly argument: Syntax }
  | { readonly kind: 'binary'; readonly operator: Operator; readonly left: Syntax; readonly right: Syntax }
  | {
      readonly kind: 'call';
      readonly name: FunctionName;
      readonly start: number;
      readonly inputs: readonly Syntax[];
    };

export type Operator = '+' | '-' | '*' | '/' | '^';

/** Functions that expressions may call, and how many arguments they take. */
const ARITY = {
  exp: 1,
  log: 1,
  sqrt: 1,
  sin: 1,
  cos: 1,
  tan: 1,
  sinh: 1,
  cosh: 1,
  tanh: 1,
  abs: 1,
  atan2: 2,
} as const;
export type FunctionName = keyof typeof ARITY;
export const FUNCTIONS = Object.keys(ARITY) as readonly FunctionName[];

export const MAX_LENGTH = 10_000;
export const MAX_DEPTH = 200;

/** `at` is the place of a character, counted from 1. */
export interface ExpressionMessages {
  readonly 'expression-empty': object;
  readonly 'expression-too-long': { readonly length: number; readonly most: number };
  readonly 'expression-too-deep': { readonly most: number };
  readonly 'expression-too-large': { readonly most: number };
  readonly 'expression-unreadable': {
    readonly cause: SyntaxFault;
    readonly found: string;
    readonly at: number;
    /** The notation that was probably used instead of the one read here. */
    readonly notation: 'product' | 'power' | null;
  };
  readonly 'expression-not-formula': object;
  readonly 'expression-not-number': { readonly text: string; readonly at: number };
  readonly 'expression-unknown-function': {
    readonly name: string;
    readonly at: number;
    readonly functions: readonly string[];
  };
  readonly 'expression-arguments': { readonly name: string; readonly at: number; readonly wanted: number };
  readonly 'expression-unknown-name': {
    readonly name: string;
    readonly at: number;
    readonly known: readonly string[];
  };
}

export type SyntaxFault = 'unexpected' | 'operand-missing' | 'unclosed' | 'unreadable';

/** What is wrong with an expression, and where: `start` is the index of the first offending character. */
export class ExpressionError extends Problem {
  constructor(
    told: Message,
    readonly start: number,
  ) {
    super(told);
  }
}

export const expressionMessage = messages<ExpressionMessages>();

const MOST_SHOWN = 40;

/** A name or a text as far as a message shows it. */
export function shown(text: string): string {
  return text.slice(0, MOST_SHOWN);
}

/** The place that a message names: people count from 1. */
export function place(start: number): number {
  return start + 1;
}

configureJsep();

/** @throws ExpressionError naming the symbol and its place */
export function parse(text: string): Syntax {
  if (text.trim() === '') throw new ExpressionError(expressionMessage('expression-empty', {}), 0);
  if (text.length > MAX_LENGTH)
    throw new ExpressionError(
      expressionMessage('expression-too-long', { length: text.length, most: MAX_LENGTH }),
      MAX_LENGTH,
    );
  return convert(readTree(text), text, 0);
}

function readTree(text: string): jsep.Expression {
  try {
    return jsep(text);
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep();
    const { description = '', index = 0 } = error as { description?: string; index?: number };
    const found = shown(text.slice(index, index + 1));
    const values = { cause: faultOf(description), found, at: place(index), notation: notation(text, index) };
    throw new ExpressionError(expressionMessage('expression-unreadable', values), index);
  }
}

/** The kind of fault, from the words of jsep and of the hooks below. */
function faultOf(description: string): SyntaxFault {
  if (description.startsWith('Unclosed')) return 'unclosed';
  if (/^(Expected expression|missing)/.test(description)) return 'operand-missing';
  return /^(Unexpected|Expected)/.test(description) ? 'unexpected' : 'unreadable';
}

/** What people write who are used to another notation. */
function notation(text: string, index: number): 'product' | 'power' | null {
  if (/\d[a-z(]/i.test(text.slice(Math.max(0, index - 3), index + 1))) return 'product';
  return text.includes('**') ? 'power' : null;
}

function tooDeep(): ExpressionError {
  return new ExpressionError(expressionMessage('expression-too-deep', { most: MAX_DEPTH }), 0);
}

function convert(node: jsep.Expression, text: string, depth: number): Syntax {
  if (depth > MAX_DEPTH) throw tooDeep();
  const inner = (child: unknown) => convert(child as jsep.Expression, text, depth + 1);
  switch (node.type) {
    case 'Literal':
      return number(node as jsep.Literal, text);
    case 'Identifier':
      return { kind: 'symbol', name: node.name as string, start: node.start as number };
    case 'UnaryExpression':
      return node.operator === '-'
        ? { kind: 'negation', argument: inner(node.argument) }
        : inner(node.argument);
    case 'BinaryExpression':
      return {
        kind: 'binary',
        operator: node.operator as Operator,
        left: inner(node.left),
        right: inner(node.right),
      };
    case 'CallExpression':
      return call(node as jsep.CallExpression, text, inner);
    default:
      throw new ExpressionError(expressionMessage('expression-not-formula', {}), 0);
  }
}

function number(node: jsep.Literal, text: string): Syntax {
  if (typeof node.value === 'number' && Number.isFinite(node.value))
    return { kind: 'number', value: node.value, text: node.raw };
  const start = Math.max(0, text.indexOf(node.raw));
  const values = { text: shown(node.raw), at: place(start) };
  throw new ExpressionError(expressionMessage('expression-not-number', values), start);
}

function call(node: jsep.CallExpression, text: string, inner: (child: unknown) => Syntax): Syntax {
  const name = String(node.callee.name ?? '');
  const start = Math.max(0, text.search(new RegExp(`(?<![\\w$])${name.replace(/\W/g, '\\$&')}\\s*\\(`)));
  if (!isFunction(name))
    throw new ExpressionError(
      expressionMessage('expression-unknown-function', {
        name: shown(name),
        at: place(start),
        functions: FUNCTIONS,
      }),
      start,
    );
  if (node.arguments.length !== ARITY[name]) {
    const values = { name, at: place(start), wanted: ARITY[name] };
    throw new ExpressionError(expressionMessage('expression-arguments', values), start);
  }
  return { kind: 'call', name, start, inputs: node.arguments.map(inner) };
}

function isFunction(name: string): name is FunctionName {
  return Object.hasOwn(ARITY, name);
}

function configureJsep(): void {
  jsep.removeAllUnaryOps();
  jsep.removeAllBinaryOps();
  jsep.removeAllLiterals();
  for (const [operator, precedence] of [
    ['+', 1],
    ['-', 1],
    ['*', 2],
    ['/', 2],
  ] as const)
    jsep.addBinaryOp(operator, precedence);
  jsep.addBinaryOp('^', 3, true);
  jsep.hooks.add('gobble-token', gobbleSign);
  jsep.hooks.add('after-token', function (env) {
    const name = env.node?.type === 'Identifier' ? (env.node.name as string) : undefined;
    if (env.node && name !== undefined)
      env.node.start = this.expr.lastIndexOf(name, this.index - name.length);
  });
}

/** jsep's own unary operators bind tighter than `^`, which would read -x^2 as (-x)^2. */
function gobbleSign(this: jsep.HookScope, env: { node?: jsep.Expression }): void {
  if (this.char !== '-' && this.char !== '+') return;
  const operator = this.char;
  this.index++;
  const argument = gobblePower(this, gobbleOperand(this, operator));
  env.node = { type: 'UnaryExpression', operator, argument, prefix: true };
}

function gobblePower(scope: jsep.HookScope, base: jsep.Expression): jsep.Expression {
  scope.gobbleSpaces();
  if (scope.char !== '^') return base;
  scope.index++;
  const exponent = gobblePower(scope, gobbleOperand(scope, '^'));
  return { type: 'BinaryExpression', operator: '^', left: base, right: exponent };
}

function gobbleOperand(scope: jsep.HookScope, operator: string): jsep.Expression {
  const operand = scope.gobbleToken();
  return operand ? operand : scope.throwError(`missing operand: ${operator}`);
}
