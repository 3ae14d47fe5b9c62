/** Numbers in brackets: JSON, JSON Lines, and what Python, numpy, MATLAB and Mathematica print. */
import { Problem } from '../../message.ts';
import { message } from '../messages.ts';
import { FEWEST_STATES } from '../own.ts';
import { isNumeric } from './fields.ts';
import { type Leaf, LeafTable } from './leaf-table.ts';
import type { RowSink, TextReader } from './rows.ts';

/** Brackets in brackets. */
const DEEPEST = 100;
/** Characters of a number or a name. */
const LONGEST_TOKEN = 10_000;
/** Punctuation, a call such as `array(`, a comment, a text in quotes, a number or a word. */
const TOKEN =
  /[[\](){},;:\n]|[A-Za-z_][\w.]*\(|#[^\n]*|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|[^\s[\](){},;:"'#]+/g;
/** What may stand before the first bracket: `x = [`, `array([`, `samples = np.array([`. */
const BEGINNING =
  /^\s*(?:[#%][^\n]*\n\s*)*(?:[\w.]+\s*=\s*)?(?:(?:\w+\.)*(?:array|tensor|asarray|list|DataFrame)\s*\()?\s*(?:\[|\{|\(\s*[-+.\d([])/;
/** What printouts write in place of what they leave out. */
const ELLIPSIS = /^(?:\.\.\.|…)$/;

/** Whether a text begins as numbers in brackets do. */
export function isBracketed(beginning: string): boolean {
  return BEGINNING.test(beginning);
}

interface Bracket extends Leaf {
  readonly isCall: boolean;
  /** The key whose value comes next. */
  key: string | null;
  /** Whether it holds brackets, and so is neither row nor column. */
  outer: boolean;
}

export class BracketReader implements TextReader {
  readonly unit = 'row';
  private pending = '';
  private lines = 1;
  private readonly stack: Bracket[] = [];
  private readonly leaves: LeafTable;
  /** Word in front of a bracket that stands in no other: `x = [`. */
  private word: string | null = null;
  private elided = false;

  constructor(private readonly sink: RowSink) {
    this.leaves = new LeafTable(sink);
  }

  push(piece: string): void {
    const text = this.pending + piece;
    let end = 0;
    for (const { 0: token, index } of text.matchAll(TOKEN)) {
      const after = index + token.length;
      // All but punctuation may go on in the next piece.
      if (after === text.length && !/[[\](){},;:\n]$/.test(token)) break;
      this.token(token);
      end = after;
    }
    this.pending = text.slice(end);
    if (this.pending.length > LONGEST_TOKEN)
      throw new Problem(message('file-long-line', { line: this.lines, most: LONGEST_TOKEN }));
  }

  end(): void {
    this.push('\n');
    const cut = this.stack.at(-1);
    if (cut) this.sink.remark(message('file-cut-line', { line: this.lines - 1 }));
    const rows = this.leaves.end(cut ?? null);
    if (!this.elided) return;
    if (rows < FEWEST_STATES) throw new Problem(message('file-elided', {}));
    this.sink.remark(message('file-elided', {}));
  }

  namesOf(count: number): readonly string[] | null {
    return this.leaves.names?.length === count ? this.leaves.names : null;
  }

  private token(token: string): void {
    const open = this.stack.at(-1);
    if (token === '\n') this.lines++;
    else if (/[[{(]$/.test(token)) this.open(token.length > 1, open);
    else if (/^[\])}]$/.test(token)) this.close();
    else if (token === ',' || token.startsWith('#')) return;
    else if (!open) this.word = /^["'=:;]/.test(token) ? this.word : token.replace(/=$/, '');
    else if (token === ':') open.key = open.values.pop() ?? null;
    else if (token === ';') this.endOfRow(open);
    else if (ELLIPSIS.test(token)) this.elided = true;
    else this.value(/^["']/.test(token) ? token.replace(/^["']|["']$/g, '') : token, open);
  }

  private open(isCall: boolean, around: Bracket | undefined): void {
    if (this.stack.length >= DEEPEST) throw new Problem(message('file-deep', { line: this.lines }));
    // What stands around a call stands around the brackets in it.
    if (!isCall) for (const bracket of this.stack) bracket.outer = true;
    const name = around ? (around.isCall ? around.name : around.key) : this.word;
    if (around) around.key = null;
    this.word = null;
    this.stack.push({ name, isCall, values: [], keys: [], column: null, key: null, outer: false });
  }

  private close(): void {
    const closed = this.stack.pop();
    if (!closed) return;
    const around = this.stack.at(-1);
    // np.float64(0.1) is the number in it.
    if (closed.isCall && around) for (const value of closed.values) this.value(value, around);
    else if (!closed.outer && !closed.isCall) this.leaves.take(closed);
  }

  private value(value: string, open: Bracket): void {
    // Calls have other arguments than numbers: dtype=float32.
    if (open.isCall && !isNumeric(value)) return;
    if (open.key !== null) open.keys.push(open.key);
    open.key = null;
    open.values.push(value);
    this.leaves.shorten(open);
  }

  /** MATLAB writes a matrix row by row in one bracket. */
  private endOfRow(open: Bracket): void {
    if (open.values.length > 0) this.leaves.take({ ...open, name: null });
    open.outer = true;
    open.values = [];
  }
}
