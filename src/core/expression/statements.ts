/**
 * Text of several parts -> statements: `a*x^2; a = 2 in [1, 5]`, a function of Python, lines of a notebook, an equation with
 * `where k = 3, c = 2`. A part ends at a semicolon, at the end of a line that is complete, or before a comma and another name.
 */
import { parseTokens, type Syntax, SyntaxProblem } from './parser.ts';
import { type Token, tokensOf } from './tokens.ts';

export interface Statement {
  /** What is defined; null for a formula that stands alone. */
  readonly name: string | null;
  /** Names in brackets behind it, as in U(x, y). */
  readonly inputs: readonly string[];
  readonly value: Syntax;
  /** Of a parameter, as stated: in [low, high]. */
  readonly range: readonly [Syntax, Syntax] | null;
  /** It is what a function returns. */
  readonly returned: boolean;
  /** Characters in the typed text. */
  readonly at: number;
  readonly end: number;
  /** The first character of the value. */
  readonly body: number;
}

/** Words between the energy and its parameters. */
const SEPARATORS = new Set(['where', 'with', 'for', 'and', 'let']);
/** Words in front of a definition that mean nothing here. */
const FRAMES = new Set([
  'return',
  'def',
  'function',
  'const',
  'var',
  'let',
  'double',
  'float',
  'auto',
  'real',
]);
const CONTINUING = new Set(['+', '-', '*', '/', '^', ',', '<', '>', '<=', '>=', '=', '?']);
const QUOTE = /^["'`]$/;
/** A comment, or the name of a module with its point. */
const REMARK = /^(#|%|\/\/|\/\*)|^[A-Za-z]+\.$/;
const OPENING = new Set(['(', '[']);
const CLOSING = new Set([')', ']']);

/** @throws SyntaxProblem */
export function statementsOf(text: string): Statement[] {
  return partsOf(unquoted(tokensOf(text))).flatMap((part) => {
    const statement = statementOf(part);
    return statement ? [statement] : [];
  });
}

/** Quotation marks around a text, or around parts of it, come from where it was copied. */
function unquoted(tokens: readonly Token[]): Token[] {
  return tokens.filter(({ kind, text }) => !(kind === 'symbol' && QUOTE.test(text)));
}

function partsOf(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  tokens.forEach((token, k) => {
    if (token.kind === 'symbol' && OPENING.has(token.text)) depth++;
    if (token.kind === 'symbol' && CLOSING.has(token.text)) depth = Math.max(0, depth - 1);
    if (depth === 0 && endsPart(tokens, k)) parts.push([]);
    else if (token.kind !== 'end-of-line') parts.at(-1)!.push(token);
  });
  return parts.filter((part) => part.length > 0);
}

function endsPart(tokens: readonly Token[], k: number): boolean {
  const { kind, text } = tokens[k];
  if (kind === 'symbol' && text === ';') return true;
  if (kind === 'symbol' && text === ',') return defines(tokens, k + 1);
  if (kind === 'name' && SEPARATORS.has(text))
    return k > 0 && defines(tokens, k + 1) && !isOperator(tokens[k - 1]);
  if (kind !== 'end-of-line') return false;
  const [before, after] = [tokens[k - 1], tokens.slice(k).find((token) => token.kind !== 'end-of-line')];
  return !(before && isOperator(before)) && !(after && isOperator(after));
}

/** Whether `name =` stands here. */
function defines(tokens: readonly Token[], k: number): boolean {
  const [first, ...rest] = tokens.slice(k).filter(({ kind }) => kind !== 'end-of-line');
  const [name, equals] = first && SEPARATORS.has(first.text) ? rest : [first, ...rest];
  return name?.kind === 'name' && equals?.kind === 'symbol' && equals.text === '=';
}

function isOperator({ kind, text }: Token): boolean {
  return kind === 'symbol' && CONTINUING.has(text);
}

function statementOf(part: readonly Token[]): Statement | null {
  const { tokens, returned } = withoutFrame(part);
  const equals = tokens.findIndex(({ kind, text }) => kind === 'symbol' && text === '=');
  const { name, inputs } = headOf(tokens.slice(0, Math.max(0, equals)), tokens[equals]);
  const body = withoutFunction(tokens.slice(equals + 1));
  if (body.length === 0) {
    if (equals < 0) return null;
    const sign = tokens[equals];
    throw new SyntaxProblem({ id: 'nothing-after', values: { found: sign.text } }, sign.at, sign.end);
  }
  const { value, range } = rangedOf(body);
  return {
    ...{ name, inputs, range, returned },
    value: parseTokens(value),
    at: part[0].at,
    end: part.at(-1)!.end,
    body: body[0].at,
  };
}

/** What of a text means nothing to its statements: comments, quotation marks, names of modules, words in front. */
export function leftOut(text: string, statements: readonly Statement[], energy: Statement): string[] {
  const tokens = tokensOf(text);
  const gaps = tokens.map(({ at }, k) => text.slice(k === 0 ? 0 : tokens[k - 1].end, at));
  gaps.push(text.slice(tokens.at(-1)?.end ?? 0));
  const remarks = gaps.map((gap) => gap.trim()).filter((gap) => REMARK.test(gap));
  const quotes = tokens.map(({ text: sign }) => sign).filter((sign) => QUOTE.test(sign));
  const before = text.slice(tokens[0]?.at ?? 0, statements[0].at).trim();
  const head = text.slice(energy.at, energy.body).trim();
  return [...new Set([before, head, ...quotes, ...remarks])].filter((each) => each !== '');
}

/** Without `return`, `def`, `const`, the colon of a head in Python and braces around a body. */
function withoutFrame(part: readonly Token[]): { tokens: readonly Token[]; returned: boolean } {
  let tokens = part;
  let returned = false;
  while (
    tokens[0]?.kind === 'name' &&
    (FRAMES.has(tokens[0].text) || SEPARATORS.has(tokens[0].text)) &&
    tokens.length > 1 &&
    !isSign(tokens[1], '=')
  ) {
    returned ||= tokens[0].text === 'return';
    tokens = tokens.slice(1);
  }
  // The head of a function alone: def U(x, y):
  if (isSign(tokens.at(-1), ':')) return { tokens: [], returned };
  return { tokens: withoutFunction(tokens), returned };
}

/** Without `lambda x, y:`, `@(x, y)` and `(x, y) =>`. */
function withoutFunction(tokens: readonly Token[]): readonly Token[] {
  const arrow = tokens.findIndex((token) => isSign(token, '=>') || isSign(token, '->'));
  if (arrow >= 0) return tokens.slice(arrow + 1);
  if (tokens[0]?.kind === 'name' && tokens[0].text === 'lambda') {
    const colon = tokens.findIndex((token) => isSign(token, ':'));
    if (colon > 0) return tokens.slice(colon + 1);
  }
  if (isSign(tokens[0], '@')) {
    const close = tokens.findIndex((token) => isSign(token, ')'));
    return tokens.slice(close + 1);
  }
  return tokens;
}

function isSign(token: Token | undefined, text: string): boolean {
  return token?.kind === 'symbol' && token.text === text;
}

/** What stands before the equals sign: a name, perhaps with names in brackets. */
function headOf(tokens: readonly Token[], equals: Token): { name: string | null; inputs: string[] } {
  const [first, open, ...rest] = tokens;
  if (!first) return { name: null, inputs: [] };
  const inputs = rest.filter(({ kind }) => kind === 'name').map(({ text }) => text);
  const isHead =
    first.kind === 'name' && (!open || (OPENING.has(open.text) && CLOSING.has(rest.at(-1)?.text ?? '')));
  if (!isHead) throw new SyntaxProblem({ id: 'unexpected', values: { found: '=' } }, equals.at, equals.end);
  return { name: first.text, inputs };
}

/** `2 in [1, 5]` is a value and its range. */
function rangedOf(body: readonly Token[]): { value: readonly Token[]; range: Statement['range'] } {
  const at = body.findIndex(({ kind, text }) => kind === 'name' && text === 'in');
  if (at < 0) return { value: body, range: null };
  const [open, ...rest] = body.slice(at + 1);
  const close = rest.at(-1);
  const comma = rest.findIndex((token) => isSign(token, ','));
  if (!open || !OPENING.has(open.text) || !close || !CLOSING.has(close.text) || comma < 0)
    throw new SyntaxProblem({ id: 'unexpected', values: { found: 'in' } }, body[at].at, body.at(-1)!.end);
  return {
    value: body.slice(0, at),
    range: [parseTokens(rest.slice(0, comma)), parseTokens(rest.slice(comma + 1, -1))],
  };
}
