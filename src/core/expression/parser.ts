/** Tokens -> syntax tree. Products need no sign, functions no brackets, and `^` binds tighter than a minus in front of it. */
import { FUNCTIONS, type FunctionName, functionNamed } from './functions.ts';
import type { Token } from './tokens.ts';

export type Operator = '+' | '-' | '*' | '/' | '^';

export type Syntax =
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  | {
      readonly kind: 'symbol';
      readonly name: string;
      readonly start: number;
      /** Written in front of an opening bracket: a product, unless it was meant as a function. */
      readonly called?: boolean;
    }
  | { readonly kind: 'negation'; readonly argument: Syntax }
  | { readonly kind: 'binary'; readonly operator: Operator; readonly left: Syntax; readonly right: Syntax }
  | {
      readonly kind: 'call';
      readonly name: FunctionName;
      readonly start: number;
      readonly inputs: readonly Syntax[];
    };

export const MAX_DEPTH = 200;

/** What is wrong with tokens, and at which of them; the last if the text ends too early. */
export type SyntaxFault =
  | { readonly id: 'unexpected'; readonly values: { readonly found: string } }
  | { readonly id: 'nothing-after'; readonly values: { readonly found: string } }
  | { readonly id: 'unclosed'; readonly values: { readonly bracket: string } }
  | { readonly id: 'decimal-comma'; readonly values: { readonly written: string; readonly mended: string } }
  | { readonly id: 'number-too-large'; readonly values: { readonly text: string } }
  | { readonly id: 'argument-count'; readonly values: { readonly name: string; readonly wanted: string } }
  | { readonly id: 'too-deep'; readonly values: { readonly most: number } };

export class SyntaxProblem extends Error {
  constructor(
    readonly fault: SyntaxFault,
    /** Characters in the typed text. */
    readonly at: number,
    readonly end: number,
  ) {
    super(fault.id);
  }
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '|': '|' };
const COMPARISONS = ['<', '>', '<=', '>='];

/** @throws SyntaxProblem */
export function parseTokens(tokens: readonly Token[]): Syntax {
  const parser = new Parser(tokens.filter(({ kind }) => kind !== 'end-of-line'));
  return parser.whole();
}

class Parser {
  private next = 0;
  private depth = 0;
  /** Bars |...| that are open, innermost last; a bracket inside hides them. */
  private bars = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Syntax {
    const syntax = this.choice();
    if (this.token) throw this.leftOver();
    return syntax;
  }

  private get token(): Token | undefined {
    return this.tokens[this.next];
  }

  private is(...symbols: readonly string[]): boolean {
    return this.token?.kind === 'symbol' && symbols.includes(this.token.text);
  }

  private isWord(word: string): boolean {
    return this.token?.kind === 'name' && this.token.text === word;
  }

  private take(): Token {
    return this.tokens[this.next++];
  }

  /** a ? b : c, and Python's b if a else c. */
  private choice(): Syntax {
    return this.deeper(() => {
      const first = this.either();
      if (this.is('?')) {
        const start = this.take().at;
        const yes = this.choice();
        this.expect(':');
        return call('if', start, [first, yes, this.choice()]);
      }
      if (this.isWord('if') && !this.opens(1)) {
        const start = this.take().at;
        const condition = this.either();
        if (!this.isWord('else')) throw this.leftOver();
        this.take();
        return call('if', start, [condition, first, this.choice()]);
      }
      return first;
    });
  }

  private either(): Syntax {
    let left = this.both();
    while (this.isWord('or') && isTruth(left)) {
      const start = this.take().at;
      left = call('max', start, [left, this.both()]);
    }
    return left;
  }

  private both(): Syntax {
    let left = this.comparison();
    while ((this.is('&&') || this.isWord('and')) && isTruth(left)) {
      const start = this.take().at;
      left = call('min', start, [left, this.comparison()]);
    }
    return left;
  }

  private comparison(): Syntax {
    const left = this.sum();
    if (!this.is(...COMPARISONS)) return left;
    const { text, at } = this.take();
    const right = this.sum();
    const [a, b] = text.startsWith('<') ? [left, right] : [right, left];
    return call(text.length === 1 ? 'less' : 'atMost', at, [a, b]);
  }

  private sum(): Syntax {
    let left = this.product();
    while (this.is('+', '-')) {
      const operator = this.take().text as Operator;
      left = { kind: 'binary', operator, left, right: this.product() };
    }
    return left;
  }

  private product(): Syntax {
    let left = this.signed();
    for (;;) {
      if (this.is('*', '/')) {
        const operator = this.take().text as Operator;
        left = { kind: 'binary', operator, left, right: this.signed() };
      } else if (this.startsOperand()) left = { kind: 'binary', operator: '*', left, right: this.power() };
      else return left;
    }
  }

  private signed(): Syntax {
    if (!this.is('+', '-')) return this.power();
    const { text } = this.take();
    return this.deeper(() => {
      const argument = this.signed();
      return text === '-' ? { kind: 'negation', argument } : argument;
    });
  }

  private power(): Syntax {
    const base = this.operand();
    if (!this.is('^')) return base;
    this.take();
    return this.deeper(() => ({ kind: 'binary', operator: '^', left: base, right: this.exponent() }));
  }

  private exponent(): Syntax {
    if (!this.is('+', '-')) return this.power();
    const { text } = this.take();
    const argument = this.deeper(() => this.exponent());
    return text === '-' ? { kind: 'negation', argument } : argument;
  }

  /** Whether what follows is a factor although no sign of a product stands before it. */
  private startsOperand(): boolean {
    const { token } = this;
    if (!token) return false;
    if (token.kind === 'number' || token.kind === 'fraction') return true;
    if (token.kind === 'name')
      return !['if', 'else', 'and', 'or', 'in'].includes(token.text) || this.callsIf();
    return this.is('(', '[') || (this.is('|') && this.bars === 0);
  }

  private callsIf(): boolean {
    return this.token?.text === 'if' && this.opens(1);
  }

  private opens(ahead: number): boolean {
    const token = this.tokens[this.next + ahead];
    return token?.kind === 'symbol' && (token.text === '(' || token.text === '[');
  }

  private operand(): Syntax {
    const { token } = this;
    if (!token) throw this.missing();
    switch (token.kind) {
      case 'number':
        if (!Number.isFinite(Number(token.text)))
          throw this.problem({ id: 'number-too-large', values: { text: token.text } });
        this.take();
        return { kind: 'number', value: Number(token.text), text: token.text };
      case 'fraction':
        this.take();
        return { kind: 'binary', operator: '/', left: this.group(), right: this.group() };
      case 'name':
        return this.named(this.take());
      default:
        if (this.is('(', '[', '|')) return this.bracketed();
        throw this.is(')', ']', ',') ? this.missing() : this.leftOver();
    }
  }

  /** A group of LaTeX: in braces, or one token, of which a number gives its first digit only. */
  private group(): Syntax {
    return this.is('(') ? this.bracketed() : this.operand();
  }

  private bracketed(): Syntax {
    const open = this.take();
    const inside = this.within(open, () => this.choice());
    return open.text === '|' ? call('abs', open.at, [inside]) : inside;
  }

  /** What stands in a bracket that has been opened. */
  private within<T>(open: Token, read: () => T): T {
    const { bars } = this;
    this.bars = open.text === '|' ? bars + 1 : 0;
    const inside = read();
    if (!this.is(CLOSING[open.text])) throw this.token ? this.leftOver() : this.unclosed(open);
    this.take();
    this.bars = bars;
    return inside;
  }

  private named(token: Token): Syntax {
    const name = functionNamed(token.text);
    // Before an operator it is a name like any other, as in min*x^2 with a parameter min.
    if (name === undefined || !(this.startsOperand() || this.is('^')))
      return { kind: 'symbol', name: token.text, start: token.at, ...(this.is('(') ? { called: true } : {}) };
    // sin^2(x) is a power of the sine.
    const raised = this.is('^') && FUNCTIONS[name].least === 1 ? this.raisedBy() : null;
    const applied = this.applied(name, token);
    return raised === null ? applied : { kind: 'binary', operator: '^', left: applied, right: raised };
  }

  private raisedBy(): Syntax {
    this.take();
    return this.is('-') ? this.exponent() : this.operand();
  }

  private applied(name: FunctionName, token: Token): Syntax {
    const { least, most } = FUNCTIONS[name];
    // \sqrt[3]{x} is the third root.
    if (name === 'sqrt' && this.is('[') && token.text === 'sqrt') return this.root(token);
    if (!this.is('(', '[')) {
      if (least !== 1) throw this.wrongCount(token, name);
      return call(name, token.at, [this.deeper(() => this.bare())]);
    }
    const inputs = this.within(this.take(), () => this.list());
    if (inputs.length < least || inputs.length > most) throw this.wrongCount(token, name);
    return expanded(name, token.at, inputs);
  }

  /** The argument of a function without brackets: sin 2x is that of 2x, sin x y is y times that of x. */
  private bare(): Syntax {
    const first = this.power();
    const more = first.kind === 'number' && this.token?.kind === 'name' && !functionNamed(this.token.text);
    return more ? { kind: 'binary', operator: '*', left: first, right: this.power() } : first;
  }

  private root(token: Token): Syntax {
    const degree = this.within(this.take(), () => this.choice());
    if (!this.is('(')) return call('sqrt', token.at, [degree]);
    const inverse: Syntax = { kind: 'binary', operator: '/', left: ONE, right: degree };
    return { kind: 'binary', operator: '^', left: this.bracketed(), right: inverse };
  }

  private list(): Syntax[] {
    const inputs = [this.choice()];
    while (this.is(',')) {
      this.take();
      inputs.push(this.choice());
    }
    return inputs;
  }

  private expect(symbol: string): void {
    if (!this.is(symbol)) throw this.token ? this.leftOver() : this.missing();
    this.take();
  }

  private deeper<T>(read: () => T): T {
    if (++this.depth > MAX_DEPTH) throw this.problem({ id: 'too-deep', values: { most: MAX_DEPTH } });
    const result = read();
    this.depth--;
    return result;
  }

  private problem(fault: SyntaxFault, token = this.token ?? this.tokens.at(-1)): SyntaxProblem {
    return new SyntaxProblem(fault, token?.at ?? 0, token?.end ?? 0);
  }

  private leftOver(): SyntaxProblem {
    return this.decimalComma() ?? this.problem({ id: 'unexpected', values: { found: this.token!.text } });
  }

  /** 5,0 where one expects 5.0 */
  private decimalComma(): SyntaxProblem | null {
    const [before, comma, after] = this.tokens.slice(Math.max(0, this.next - 1), this.next + 2);
    const isNumber = (token: Token | undefined) => token?.kind === 'number';
    if (comma?.text !== ',' || !isNumber(before) || !isNumber(after) || !comma.joined || !after.joined)
      return null;
    const values = { written: `${before.text},${after.text}`, mended: `${before.text}.${after.text}` };
    return new SyntaxProblem({ id: 'decimal-comma', values }, before.at, after.end);
  }

  private missing(): SyntaxProblem {
    const before = this.tokens[this.next - 1];
    return this.problem({ id: 'nothing-after', values: { found: before?.text ?? '' } }, this.token ?? before);
  }

  private unclosed(open: Token): SyntaxProblem {
    return this.problem({ id: 'unclosed', values: { bracket: open.text } }, open);
  }

  private wrongCount(token: Token, name: FunctionName): SyntaxProblem {
    const { least, most } = FUNCTIONS[name];
    const wanted = least === most ? String(least) : `${least}+`;
    return this.problem({ id: 'argument-count', values: { name: token.text, wanted } }, token);
  }
}

const ONE: Syntax = { kind: 'number', value: 1, text: '1' };
const TWO: Syntax = { kind: 'number', value: 2, text: '2' };

function call(name: FunctionName, start: number, inputs: readonly Syntax[]): Syntax {
  return { kind: 'call', name, start, inputs };
}

/** pow(a, b) and square(a) are powers; min and max of several are nested. */
function expanded(name: FunctionName, start: number, inputs: readonly Syntax[]): Syntax {
  if (name === 'pow' || name === 'square')
    return { kind: 'binary', operator: '^', left: inputs[0], right: inputs[1] ?? TWO };
  if (inputs.length > 2 && FUNCTIONS[name].most > 3)
    return inputs.reduce((left, right) => call(name, start, [left, right]));
  return call(name, start, inputs);
}

/** Whether it is 0 or 1. */
function isTruth(syntax: Syntax): boolean {
  if (syntax.kind !== 'call') return false;
  const { name, inputs } = syntax;
  return (
    name === 'less' || name === 'atMost' || ((name === 'min' || name === 'max') && inputs.every(isTruth))
  );
}
