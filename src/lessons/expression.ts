/**
 * Checks and quoted figures of lessons: expressions over the results of a run, e.g. `freeEnergy.rmse < 0.3 and
 * firstPassage.n >= 10`. Numbers, strings in quotes, dotted names, + - * /, comparisons, and, or, not, brackets, and the
 * functions below. What a run has not found yet is null: every operation on it gives null, which is not true.
 */

import { Problem } from '../core/message.ts';
import { lessonMessage } from './messages.ts';

export type Value = number | string | boolean | null;

export interface Expression {
  readonly text: string;
  /** Dotted names in it. */
  readonly names: readonly string[];
  /** @param read value of a dotted name: a number, text, truth value, list, or null where there is none */
  readonly value: (read: (name: string) => unknown) => unknown;
}

const unreadable = (text: string, at: string) =>
  new Problem(lessonMessage('expression-unreadable', { text, at }));

type Evaluate = Expression['value'];

const TOKEN =
  /\s*(?:(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+)|([A-Za-z]\w*(?:\.\w+)*)|"([^"]*)"|(<=|>=|==|!=|[-+*/()<>,]))/gy;

interface Token {
  readonly kind: 'number' | 'name' | 'string' | 'sign';
  readonly text: string;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (const found of text.matchAll(TOKEN)) {
    const [, number, name, string, sign] = found;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (string !== undefined) tokens.push({ kind: 'string', text: string });
    else tokens.push({ kind: 'sign', text: sign });
  }
  const read = [...text.matchAll(TOKEN)].reduce((sum, [part]) => sum + part.length, 0);
  if (text.slice(read).trim() !== '') throw unreadable(text, text.slice(read).trim());
  return tokens;
}

const numbersIn = (value: unknown): readonly number[] | null =>
  Array.isArray(value) ? value.filter((entry): entry is number => typeof entry === 'number') : null;

/** Functions of a list or a number. */
const FUNCTIONS: Readonly<Record<string, (value: unknown) => number | null>> = {
  abs: (value) => (typeof value === 'number' ? Math.abs(value) : null),
  ln: (value) => (typeof value === 'number' && value > 0 ? Math.log(value) : null),
  exp: (value) => (typeof value === 'number' ? Math.exp(value) : null),
  sqrt: (value) => (typeof value === 'number' && value >= 0 ? Math.sqrt(value) : null),
  length: (value) => (Array.isArray(value) ? value.length : null),
  min: (value) => extreme(value, Math.min),
  max: (value) => extreme(value, Math.max),
  last: (value) => (Array.isArray(value) ? (numbersIn(value)?.at(-1) ?? null) : null),
};

function extreme(value: unknown, choose: (a: number, b: number) => number): number | null {
  const numbers = numbersIn(value);
  return numbers && numbers.length > 0 ? numbers.reduce((a, b) => choose(a, b)) : null;
}

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};
const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

const onNumbers =
  <R>(left: Evaluate, right: Evaluate, combine: (a: number, b: number) => R): Evaluate =>
  (read) => {
    const [a, b] = [left(read), right(read)];
    return typeof a === 'number' && typeof b === 'number' ? combine(a, b) : null;
  };

class Parser {
  #at = 0;
  readonly names = new Set<string>();

  constructor(
    private readonly tokens: readonly Token[],
    private readonly text: string,
  ) {}

  parse(): Evaluate {
    const whole = this.#or();
    const rest = this.tokens[this.#at];
    if (rest) this.#fail(rest.text);
    return whole;
  }

  #or(): Evaluate {
    let left = this.#and();
    while (this.#takes('or')) {
      const [a, b] = [left, this.#and()];
      left = (read) => a(read) === true || b(read) === true;
    }
    return left;
  }

  #and(): Evaluate {
    let left = this.#not();
    while (this.#takes('and')) {
      const [a, b] = [left, this.#not()];
      left = (read) => a(read) === true && b(read) === true;
    }
    return left;
  }

  #not(): Evaluate {
    if (!this.#takes('not')) return this.#comparison();
    const inner = this.#not();
    return (read) => {
      const value = inner(read);
      return typeof value === 'boolean' ? !value : null;
    };
  }

  #comparison(): Evaluate {
    const left = this.#sum();
    const sign = this.#takesOne([...Object.keys(COMPARE), '==', '!=']);
    if (!sign) return left;
    const right = this.#sum();
    if (sign in COMPARE) return onNumbers(left, right, COMPARE[sign]);
    return (read) => {
      const [a, b] = [left(read), right(read)];
      if (a === null || a === undefined || b === null || b === undefined) return null;
      return (a === b) === (sign === '==');
    };
  }

  #sum(): Evaluate {
    return this.#chain(['+', '-'], () => this.#product());
  }

  #product(): Evaluate {
    return this.#chain(['*', '/'], () => this.#primary());
  }

  #chain(signs: readonly string[], part: () => Evaluate): Evaluate {
    let left = part();
    for (let sign = this.#takesOne(signs); sign; sign = this.#takesOne(signs))
      left = onNumbers(left, part(), ARITHMETIC[sign]);
    return left;
  }

  #primary(): Evaluate {
    const token = this.tokens[this.#at++];
    if (!token) return this.#fail('');
    if (token.kind === 'number') return constant(Number(token.text));
    if (token.kind === 'string') return constant(token.text);
    if (token.text === '-') return onNumbers(constant(0), this.#primary(), ARITHMETIC['-']);
    if (token.text === '(') {
      const inner = this.#or();
      this.#expect(')');
      return inner;
    }
    if (token.kind !== 'name') return this.#fail(token.text);
    return this.#named(token.text);
  }

  #named(name: string): Evaluate {
    if (name === 'true' || name === 'false') return constant(name === 'true');
    if (this.#takes('(')) {
      const apply = FUNCTIONS[name];
      if (!apply) throw new Problem(lessonMessage('expression-without-function', { text: this.text, name }));
      const inner = this.#or();
      this.#expect(')');
      return (read) => apply(inner(read));
    }
    this.names.add(name);
    return (read) => read(name) ?? null;
  }

  #takes(text: string): boolean {
    const token = this.tokens[this.#at];
    if (!token || token.kind === 'string' || token.text !== text) return false;
    this.#at++;
    return true;
  }

  #takesOne(signs: readonly string[]): string | undefined {
    return signs.find((sign) => this.#takes(sign));
  }

  #expect(text: string): void {
    if (!this.#takes(text)) this.#fail(this.tokens[this.#at]?.text ?? '');
  }

  #fail(where: string): never {
    throw unreadable(this.text, where);
  }
}

function constant(value: Value): Evaluate {
  return () => value;
}

/** @throws Problem that names what cannot be read */
export function parseExpression(text: string): Expression {
  const parser = new Parser(tokensOf(text), text);
  const value = parser.parse();
  return { text, names: [...parser.names], value };
}

/** Reads `a.b.c` from results: a key of an object, a place in a list, or `experiment.` and a query key. */
export function reader(results: object): (name: string) => unknown {
  return (name) => {
    let at: unknown = results;
    const parts = name.split('.');
    for (let k = 0; k < parts.length; k++) {
      if (at === null || typeof at !== 'object') return null;
      const record = at as Readonly<Record<string, unknown>>;
      // Keys of an experiment hold dots themselves.
      const rest = parts.slice(k).join('.');
      if (Object.hasOwn(record, rest)) return record[rest];
      if (!Object.hasOwn(record, parts[k])) return null;
      at = record[parts[k]];
    }
    return at;
  };
}
