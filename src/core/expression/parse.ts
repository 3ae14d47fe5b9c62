/**
 * Text -> syntax tree, by jsep with an allow-list: numbers, names, + - * / ^, parentheses and calls. Nothing else
 * parses, so nothing else can run. `^` binds tighter than a minus in front of it and to the right, as in mathematics.
 */
import jsep from 'jsep';

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

/** What is wrong with an expression, and where: `start` is the index of the first offending character. */
export class ExpressionError extends Error {
  constructor(
    message: string,
    readonly start: number,
  ) {
    super(message);
    this.name = 'ExpressionError';
  }
}

configureJsep();

/** @throws ExpressionError naming the symbol and its place */
export function parse(text: string): Syntax {
  if (text.trim() === '') throw new ExpressionError('The expression is empty', 0);
  if (text.length > MAX_LENGTH)
    throw new ExpressionError(
      `The expression has ${text.length} characters; at most ${MAX_LENGTH} are allowed`,
      MAX_LENGTH,
    );
  return convert(readTree(text), text, 0);
}

/** "character 5" counts from 1, as people do. */
export function place(start: number): string {
  return `at character ${start + 1}`;
}

function readTree(text: string): jsep.Expression {
  try {
    return jsep(text);
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep();
    const { description = 'Cannot be read', index = 0 } = error as { description?: string; index?: number };
    throw new ExpressionError(`${description} ${place(index)}${hint(text, index)}`, index);
  }
}

/** What people write who are used to another notation. */
function hint(text: string, index: number): string {
  if (/\d[a-z(]/i.test(text.slice(Math.max(0, index - 3), index + 1)))
    return '; a product needs a *, as in 2*x';
  return text.includes('**') ? '; a power is written ^, as in x^2' : '';
}

function tooDeep(): ExpressionError {
  return new ExpressionError(`The expression is nested more than ${MAX_DEPTH} levels deep`, 0);
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
      throw new ExpressionError(`Only one formula of numbers, names, + - * / ^ and functions is allowed`, 0);
  }
}

function number(node: jsep.Literal, text: string): Syntax {
  if (typeof node.value === 'number' && Number.isFinite(node.value))
    return { kind: 'number', value: node.value, text: node.raw };
  const start = Math.max(0, text.indexOf(node.raw));
  throw new ExpressionError(`${node.raw.slice(0, 20)} ${place(start)} is not a number`, start);
}

function call(node: jsep.CallExpression, text: string, inner: (child: unknown) => Syntax): Syntax {
  const name = String(node.callee.name ?? '');
  const start = Math.max(0, text.search(new RegExp(`(?<![\\w$])${name.replace(/\W/g, '\\$&')}\\s*\\(`)));
  if (!isFunction(name))
    throw new ExpressionError(
      `"${name.slice(0, 40)}" ${place(start)} is not a function; use ${FUNCTIONS.join(', ')}`,
      start,
    );
  if (node.arguments.length !== ARITY[name]) {
    const wanted = ARITY[name] === 1 ? 'one argument' : 'two arguments';
    throw new ExpressionError(`${name} ${place(start)} takes ${wanted}`, start);
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
  return operand ? operand : scope.throwError(`Something is missing after "${operator}"`);
}
