/** Syntax tree -> TeX, with symbols of the parameters instead of their names. */
import { parse } from './parse.ts';
import type { Operator, Syntax } from './parser.ts';

const PRECEDENCE: Readonly<Record<Operator, number>> = { '+': 1, '-': 1, '*': 2, '/': 3, '^': 4 };
const NEGATION = 2;
const ATOM = 5;

/**
 * @param symbols TeX of names, e.g. `{ epsilon: '\\varepsilon' }`; other names are set as they are
 * @throws ExpressionError if the text does not parse
 */
export function tex(text: string, symbols: Readonly<Record<string, string>> = {}): string {
  return render(parse(text), symbols);
}

function precedence(syntax: Syntax): number {
  if (syntax.kind === 'binary') return PRECEDENCE[syntax.operator];
  if (syntax.kind === 'negation') return NEGATION;
  // e^{...} is set as a power, so a further power needs parentheses.
  return syntax.kind === 'call' && syntax.name === 'exp' ? PRECEDENCE['^'] : ATOM;
}

function render(syntax: Syntax, symbols: Readonly<Record<string, string>>): string {
  const inside = (child: Syntax, least: number) => {
    const body = render(child, symbols);
    return precedence(child) < least ? `\\left(${body}\\right)` : body;
  };
  switch (syntax.kind) {
    case 'number':
      return syntax.text;
    case 'symbol':
      return symbols[syntax.name] ?? name(syntax.name);
    case 'negation':
      return `-${inside(syntax.argument, NEGATION)}`;
    case 'call':
      return call(syntax.name, syntax.inputs.map((input) => render(input, symbols)).join(', '));
    case 'binary':
      return binary(syntax, inside, symbols);
    default:
      return syntax satisfies never;
  }
}

function name(text: string): string {
  if (text === 'pi') return '\\pi';
  const [, letters, index] = /^([a-z]|phi)(\d+)$/i.exec(text) ?? [];
  if (letters) return `${letters === 'phi' ? '\\phi' : letters}_{${index}}`;
  return text.length === 1 ? text : `\\mathrm{${text.replace(/[\\{}$&#^_%~]/g, '\\$&')}}`;
}

function call(functionName: string, argument: string): string {
  if (functionName === 'exp') return `e^{${argument}}`;
  if (functionName === 'sqrt') return `\\sqrt{${argument}}`;
  if (functionName === 'abs') return `\\left|${argument}\\right|`;
  if (functionName === 'atan2') return `\\operatorname{atan2}\\left(${argument}\\right)`;
  return `\\${functionName}\\left(${argument}\\right)`;
}

function binary(
  { operator, left, right }: Extract<Syntax, { kind: 'binary' }>,
  inside: (child: Syntax, least: number) => string,
  symbols: Readonly<Record<string, string>>,
): string {
  switch (operator) {
    case '+':
      return `${inside(left, 1)} + ${inside(right, 1)}`;
    case '-':
      return `${inside(left, 1)} - ${inside(right, 2)}`;
    case '*':
      return `${inside(left, 2)} ${startsWithDigit(right) ? '\\cdot ' : '\\,'}${inside(right, 3)}`;
    case '/':
      return `\\tfrac{${render(left, symbols)}}{${render(right, symbols)}}`;
    case '^':
      return `${inside(left, ATOM)}^{${render(right, symbols)}}`;
    default:
      return operator satisfies never;
  }
}

function startsWithDigit(syntax: Syntax): boolean {
  if (syntax.kind === 'binary') return syntax.operator !== '/' && startsWithDigit(syntax.left);
  return syntax.kind === 'number';
}
