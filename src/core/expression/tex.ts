/** Syntax tree -> TeX, with symbols of the parameters instead of their names. */

import type { FunctionName } from './functions.ts';
import { parse } from './parse.ts';
import type { Operator, Syntax } from './parser.ts';
import { isGreek } from './tokens.ts';

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
  if (syntax.kind === 'number') return powerOfTen(syntax.text);
  // e^{...} is set as a power, so a further power needs parentheses.
  return syntax.kind === 'call' && syntax.name === 'exp' ? PRECEDENCE['^'] : ATOM;
}

function render(syntax: Syntax, symbols: Readonly<Record<string, string>>): string {
  const inside = (child: Syntax, least: number) => {
    const body = render(child, symbols);
    return precedence(child) < least ? `\\left(${body}\\right)` : body;
  };
  /** Two signs in a row are told apart by brackets. */
  const unsigned = (child: Syntax, least: number) => inside(child, startsWithMinus(child) ? ATOM : least);
  switch (syntax.kind) {
    case 'number':
      return numeral(syntax.text);
    case 'symbol':
      return Object.hasOwn(symbols, syntax.name) ? symbols[syntax.name] : name(syntax.name);
    case 'negation':
      return `-${unsigned(syntax.argument, NEGATION)}`;
    case 'call':
      return call(
        syntax.name,
        syntax.inputs.map((input) => render(input, symbols)),
      );
    case 'binary':
      return binary(syntax, inside, unsigned, symbols);
    default:
      return syntax satisfies never;
  }
}

/** How a number binds: 1e-7 is set as a power, 2e-7 as a product. */
function powerOfTen(text: string): number {
  if (!text.includes('e')) return ATOM;
  return text.startsWith('1e') ? PRECEDENCE['^'] : PRECEDENCE['*'];
}

/** 1e-7 is a power of ten. */
function numeral(text: string): string {
  const [mantissa, exponent] = text.split('e');
  return exponent ? `${mantissa === '1' ? '' : `${mantissa}\\cdot `}10^{${Number(exponent)}}` : text;
}

function name(text: string): string {
  const [, letters, index] = /^([a-z]+)_?(\w+)$/i.exec(text) ?? [];
  if (isGreek(text)) return `\\${text}`;
  if (letters && (letters.length === 1 || isGreek(letters)) && (/^\d+$/.test(index) || text.includes('_')))
    return `${isGreek(letters) ? `\\${letters}` : letters}_{${upright(index)}}`;
  return upright(text);
}

function upright(text: string): string {
  if (text.length === 1 || /^\d+$/.test(text)) return text;
  return isGreek(text) ? `\\${text}` : `\\mathrm{${text.replace(/[\\{}$&#^_%~]/g, '\\$&')}}`;
}

/** Functions that TeX knows by their own names. */
const UPRIGHT = new Set(['log', 'sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh', 'min', 'max']);
const SPELLED: Readonly<Partial<Record<FunctionName, string>>> = {
  asin: 'arcsin',
  acos: 'arccos',
  atan: 'arctan',
  log10: 'log_{10}',
};

function call(functionName: FunctionName, inputs: readonly string[]): string {
  const [a, b, c] = inputs;
  const listed = inputs.join(', ');
  switch (functionName) {
    case 'exp':
      return `e^{${a}}`;
    case 'sqrt':
      return `\\sqrt{${a}}`;
    case 'cbrt':
      return `\\sqrt[3]{${a}}`;
    case 'abs':
      return `\\left|${a}\\right|`;
    case 'floor':
      return `\\left\\lfloor ${a}\\right\\rfloor`;
    case 'ceil':
      return `\\left\\lceil ${a}\\right\\rceil`;
    case 'less':
      return `\\left[${a} < ${b}\\right]`;
    case 'atMost':
      return `\\left[${a} \\le ${b}\\right]`;
    case 'if':
      return `\\begin{cases}${b} & ${a.replace(/^\\left\[|\\right\]$/g, '')}\\\\${c} & \\text{else}\\end{cases}`;
    default: {
      const spelled = SPELLED[functionName];
      if (spelled) return `\\${spelled}\\left(${listed}\\right)`;
      const known = UPRIGHT.has(functionName);
      return `${known ? `\\${functionName}` : `\\operatorname{${functionName}}`}\\left(${listed}\\right)`;
    }
  }
}

function binary(
  { operator, left, right }: Extract<Syntax, { kind: 'binary' }>,
  inside: (child: Syntax, least: number) => string,
  unsigned: typeof inside,
  symbols: Readonly<Record<string, string>>,
): string {
  switch (operator) {
    case '+':
      return `${inside(left, 1)} + ${unsigned(right, 1)}`;
    case '-':
      return `${inside(left, 1)} - ${unsigned(right, 2)}`;
    case '*':
      return `${inside(left, 2)} ${startsWithDigit(right) || isFraction(right) ? '\\cdot ' : '\\,'}${inside(right, 3)}`;
    case '/':
      return `\\tfrac{${render(left, symbols)}}{${render(right, symbols)}}`;
    case '^':
      return `${inside(left, ATOM)}^{${render(right, symbols)}}`;
    default:
      return operator satisfies never;
  }
}

function startsWithMinus(syntax: Syntax): boolean {
  if (syntax.kind === 'binary') return syntax.operator !== '/' && startsWithMinus(syntax.left);
  return syntax.kind === 'negation';
}

function startsWithDigit(syntax: Syntax): boolean {
  if (syntax.kind === 'binary') return syntax.operator !== '/' && startsWithDigit(syntax.left);
  return syntax.kind === 'number';
}

/** 2 in front of 3/4 would be read as a mixed number. */
function isFraction(syntax: Syntax): boolean {
  return syntax.kind === 'binary' && syntax.operator === '/';
}
