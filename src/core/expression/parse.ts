/** Text -> syntax tree of a single formula, and what is told of a text that is none. Nothing but arithmetic can be said. */
import { type Message, messages, Problem } from '../message.ts';
import { parseTokens, type Syntax, type SyntaxFault, SyntaxProblem } from './parser.ts';
import { tokensOf } from './tokens.ts';

export const MAX_LENGTH = 10_000;

/** `at` is the place of a character, counted from 1. */
export interface ExpressionMessages {
  readonly 'expression-empty': object;
  readonly 'expression-too-long': { readonly length: number; readonly most: number };
  readonly 'expression-too-deep': { readonly most: number };
  readonly 'expression-too-large': { readonly most: number };
  readonly 'expression-unexpected': { readonly found: string; readonly at: number };
  /** `found` is what stands before the gap. */
  readonly 'expression-operand-missing': { readonly found: string; readonly at: number };
  readonly 'expression-unclosed': { readonly bracket: string; readonly at: number };
  readonly 'expression-decimal-comma': {
    readonly written: string;
    readonly mended: string;
    readonly at: number;
  };
  readonly 'expression-not-number': { readonly text: string; readonly at: number };
  readonly 'expression-unknown-function': {
    readonly name: string;
    readonly at: number;
    readonly functions: readonly string[];
  };
  readonly 'expression-arguments': { readonly name: string; readonly at: number; readonly wanted: string };
  readonly 'expression-unknown-name': {
    readonly name: string;
    readonly at: number;
    readonly known: readonly string[];
  };
}

/** What is wrong with an expression, and where: `start` is the index of the first offending character. */
export class ExpressionError extends Problem {
  constructor(
    told: Message,
    readonly start: number,
    /** A text that would be read in place of the one that was typed, if there is an obvious one. */
    readonly mended: string | null = null,
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

/** @throws ExpressionError naming the symbol and its place */
export function parse(text: string): Syntax {
  return told(text, () => parseTokens(tokensOf(text)));
}

/** What `read` makes of a text. @throws ExpressionError for an empty or too long text, and in place of a SyntaxProblem */
export function told<T>(text: string, read: () => T): T {
  if (text.trim() === '') throw new ExpressionError(expressionMessage('expression-empty', {}), 0);
  if (text.length > MAX_LENGTH)
    throw new ExpressionError(
      expressionMessage('expression-too-long', { length: text.length, most: MAX_LENGTH }),
      MAX_LENGTH,
    );
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    const isComma = error.fault.id === 'decimal-comma';
    throw new ExpressionError(messageOf(error.fault, error.at), error.at, isComma ? withPoints(text) : null);
  }
}

function messageOf(fault: SyntaxFault, start: number): Message {
  const at = place(start);
  switch (fault.id) {
    case 'unexpected':
      return expressionMessage('expression-unexpected', { found: shown(fault.values.found), at });
    case 'nothing-after':
      return expressionMessage('expression-operand-missing', { found: shown(fault.values.found), at });
    case 'unclosed':
      return expressionMessage('expression-unclosed', { ...fault.values, at });
    case 'decimal-comma':
      return expressionMessage('expression-decimal-comma', { ...fault.values, at });
    case 'number-too-large':
      return expressionMessage('expression-not-number', { text: shown(fault.values.text), at });
    case 'argument-count':
      return expressionMessage('expression-arguments', { ...fault.values, at });
    case 'too-deep':
      return expressionMessage('expression-too-deep', fault.values);
    default:
      return fault satisfies never;
  }
}

/** Decimal commas as points. */
function withPoints(text: string): string {
  return text.replace(/(\d),(?=\d)/g, '$1.');
}
