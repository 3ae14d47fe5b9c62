/**
 * Text -> tokens, whatever notation the text is in: plain, Python, MATLAB, Mathematica, Fortran, LaTeX, or pasted from a page. What
 * means nothing to an energy (comments, module names, size of brackets) is left out.
 */
import { GREEK_NAMES, type Mark, marksOf } from './characters.ts';

export type TokenKind = 'number' | 'name' | 'symbol' | 'fraction' | 'end-of-line';

export interface Token {
  readonly kind: TokenKind;
  /** Numbers in the notation of the language, names and symbols as they are known. */
  readonly text: string;
  /** First character in the text that was typed, and the one after the last. */
  readonly at: number;
  readonly end: number;
  /** Nothing stands between this token and the one before. */
  readonly joined: boolean;
}

const MODULES = new Set([
  'np',
  'numpy',
  'math',
  'Math',
  'cmath',
  'torch',
  'jnp',
  'jax',
  'tf',
  'std',
  'K',
  'scipy',
]);
/** Two characters that are one symbol, the longest first. */
const PAIRS = ['**', '.*', './', '.^', '<=', '>=', '==', '&&', '=>', '->', ':='];
const SAME: Readonly<Record<string, string>> = {
  '**': '^',
  '.*': '*',
  './': '/',
  '.^': '^',
  ':=': '=',
  '{': '(',
  '}': ')',
  '[': '[',
  ']': ']',
};
/** LaTeX commands that stand for a symbol. */
const COMMAND_SYMBOLS: Readonly<Record<string, string>> = {
  cdot: '*',
  times: '*',
  ast: '*',
  div: '/',
  le: '<=',
  leq: '<=',
  ge: '>=',
  geq: '>=',
  lt: '<',
  gt: '>',
  lvert: '|',
  rvert: '|',
  vert: '|',
  lbrace: '(',
  rbrace: ')',
};
/** LaTeX commands about looks alone. */
const COMMAND_LOOKS = new Set(
  'left right bigl bigr Bigl Bigr big Big bigg Bigg biggl biggr displaystyle textstyle limits nonumber quad qquad notag'.split(
    ' ',
  ),
);
/** LaTeX commands whose group is a word. */
const COMMAND_WORDS = new Set([
  'operatorname',
  'mathrm',
  'text',
  'mathit',
  'mathbf',
  'mathsf',
  'textrm',
  'rm',
]);
const VARIANTS: Readonly<Record<string, string>> = {
  varepsilon: 'epsilon',
  vartheta: 'theta',
  varphi: 'phi',
};

export function tokensOf(text: string): Token[] {
  return new Tokenizer(marksOf(text), text.length).tokens();
}

class Tokenizer {
  private next = 0;
  private readonly found: Token[] = [];
  /** Where the last token ended, among the marks. */
  private last = -1;

  constructor(
    private readonly marks: readonly Mark[],
    private readonly length: number,
  ) {}

  tokens(): Token[] {
    while (this.next < this.marks.length) this.one();
    return this.found;
  }

  private one(): void {
    const character = this.at();
    if (this.comment()) return;
    if (character === '\n' || character === '\r') this.put('end-of-line', '\n', 1);
    else if (/[\s$~]/.test(character) || (character === '&' && this.at(1) !== '&')) this.next++;
    else if (/\d/.test(character) || (character === '.' && /\d/.test(this.at(1)))) this.number();
    else if (/[\p{L}_]/u.test(character)) this.name();
    else if (character === '\\') this.command();
    else this.symbol();
  }

  private at(ahead = 0): string {
    return this.marks[this.next + ahead]?.character ?? '';
  }

  private rest(count: number): string {
    return this.marks
      .slice(this.next, this.next + count)
      .map(({ character }) => character)
      .join('');
  }

  /** Text from here on that matches. */
  private matching(pattern: RegExp): string {
    let taken = '';
    for (let k = this.next; k < this.marks.length; k++) {
      if (!pattern.test(taken + this.marks[k].character)) break;
      taken += this.marks[k].character;
    }
    return taken;
  }

  private put(kind: TokenKind, text: string, marks: number): void {
    const at = this.place(this.next);
    const joined = this.next === this.last;
    this.next += marks;
    this.last = this.next;
    this.found.push({ kind, text, at, end: this.place(this.next), joined });
  }

  private place(mark: number): number {
    return this.marks[mark]?.at ?? this.length;
  }

  /** Python and shell, C, MATLAB and LaTeX. */
  private comment(): boolean {
    const pair = this.rest(2);
    if (pair === '/*') {
      while (this.next < this.marks.length && this.rest(2) !== '*/') this.next++;
      this.next += 2;
      return true;
    }
    if (pair !== '//' && !'#%'.includes(pair[0])) return false;
    while (this.next < this.marks.length && this.at() !== '\n') this.next++;
    return true;
  }

  /** Fortran's 5.0d0 is 5; 2e without digits is two times e. */
  private number(): void {
    // \tfrac12 is a half.
    const mantissa = this.takesDigits() ? this.at() : this.matching(/^(\d+\.?\d*|\.\d*)$/);
    // 3.*x and 3.^2 are written elementwise: the point belongs to the operator, and means the same.
    const exponent = /^[eEdD][+-]?\d/.exec(this.rest(mantissa.length + 3).slice(mantissa.length));
    let length = mantissa.length;
    if (exponent) {
      length += exponent[0].length;
      while (/\d/.test(this.at(length))) length++;
    }
    this.put('number', numeral(this.rest(length)), length);
  }

  private takesDigits(): boolean {
    const [before, last] = [this.found.at(-2), this.found.at(-1)];
    return last?.kind === 'fraction' || (last?.kind === 'number' && before?.kind === 'fraction');
  }

  private name(): void {
    const letters = this.matching(/^[\p{L}_][\p{L}\p{N}_]*$/u);
    if (MODULES.has(letters) && this.at(letters.length) === '.') {
      this.next += letters.length + 1;
      return;
    }
    this.named(letters, letters.length);
  }

  /** A name with its subscript: x_{1} is x_1. */
  private named(letters: string, marks: number): void {
    let [text, length] = [letters, marks];
    if (this.at(length) === '_' || (letters.endsWith('_') && this.at(length) === '{')) {
      const start = length + (letters.endsWith('_') ? 0 : 1);
      const grouped = /^\{([\p{L}\p{N},+-]{1,20})\}/u.exec(this.rest(length + 24).slice(start));
      const single = /^[\p{L}\p{N}]+/u.exec(this.rest(length + 24).slice(start));
      const subscript = grouped?.[1] ?? single?.[0];
      if (subscript) {
        text = `${letters.replace(/_$/, '')}_${subscript.replace(/[^\p{L}\p{N}]/gu, '')}`;
        length = start + (grouped?.[0] ?? single![0]).length;
      }
    }
    this.put('name', text, length);
  }

  private command(): void {
    const [, name = ''] = /^\\([A-Za-z]+)/.exec(this.rest(30)) ?? [];
    const length = name.length + 1;
    if (name === '') {
      // \\ ends a line; \, \; \! and blanks are space.
      if (this.at(1) === '\\') this.put('end-of-line', '\n', 2);
      else if ('{}|'.includes(this.at(1)) && this.at(1)) {
        this.next++;
        this.symbol();
      } else this.next += 2;
    } else if (Object.hasOwn(COMMAND_SYMBOLS, name)) this.put('symbol', COMMAND_SYMBOLS[name], length);
    else if (/^[tdc]?frac$/.test(name)) this.put('fraction', 'frac', length);
    else if (name === 'begin' || name === 'end') this.skipGroup(length);
    else if (COMMAND_WORDS.has(name)) this.word(length);
    else if (COMMAND_LOOKS.has(name)) {
      this.next += length;
      if (/^(left|right|big)/i.test(name) && this.at() === '.') this.next++;
    } else this.named(Object.hasOwn(VARIANTS, name) ? VARIANTS[name] : name, length);
  }

  private skipGroup(length: number): void {
    const [group = ''] = /^\{[^}]*\}/.exec(this.rest(length + 40).slice(length)) ?? [];
    this.next += length + group.length;
  }

  private word(length: number): void {
    const [group = '', word = ''] =
      /^\s*\{\s*([\p{L}\p{N}_]+)\s*\}/u.exec(this.rest(length + 60).slice(length)) ?? [];
    if (word) this.named(word, length + group.length);
    else this.next += length;
  }

  private symbol(): void {
    const pair = PAIRS.find((text) => this.rest(2) === text);
    const text = pair ?? this.at();
    this.put('symbol', Object.hasOwn(SAME, text) ? SAME[text] : text, text.length);
  }
}

/** The shortest text of a number: 5.0d0 is 5, 0.50 is 0.5. */
function numeral(text: string): string {
  const plain = text.replace(/d/i, 'e');
  const value = Number(plain);
  return Number.isFinite(value) ? String(value) : plain;
}

export function isGreek(name: string): boolean {
  return GREEK_NAMES.has(name);
}
