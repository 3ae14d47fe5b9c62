/** A table with a row in each line. */
import { Problem } from '../../message.ts';
import { message } from '../messages.ts';
import { fieldsOf, type Separator, separatorOf } from './fields.ts';
import { Headers } from './headers.ts';
import type { RowSink, TextReader } from './rows.ts';

/** Characters of a line. */
export const LONGEST_LINE = 10_000;
/** Lines by which the separator is known. */
const LOOK_AHEAD = 20;
/** Control characters that no text has (tab, line feed, form feed and carriage return it has). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells a binary file
const NO_TEXT = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;

interface Line {
  readonly text: string;
  readonly line: number;
  readonly last: boolean;
}

export class LineReader implements TextReader {
  readonly unit = 'line';
  private readonly headers = new Headers();
  private pending = '';
  private lines = 0;
  /** Lines of data that wait until it is known what separates their fields. */
  private waiting: Line[] | null = [];
  private separator: Separator | null = null;
  /** A first line `sep=;` states it. */
  private stated: Separator | null = null;

  constructor(
    private readonly sink: RowSink,
    private readonly coordinates: readonly string[],
  ) {}

  push(piece: string): void {
    this.refuseBinary(piece);
    let text = this.pending + piece;
    // Half of a line end may be yet to come.
    const half = text.endsWith('\r') ? '\r' : '';
    if (half) text = text.slice(0, -1);
    if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.line(text.slice(start, end), false);
      start = end + 1;
    }
    this.pending = text.slice(start) + half;
    if (this.pending.length > LONGEST_LINE + 1) this.tooLong(this.lines + 1);
  }

  end(): void {
    if (this.pending !== '') this.line(this.pending.replace(/\r$/, ''), true);
    this.pending = '';
    this.settle();
  }

  namesOf(count: number): string[] | null {
    return this.headers.namesOf(count, this.separator, this.coordinates);
  }

  private line(text: string, last: boolean): void {
    this.lines++;
    if (text.length > LONGEST_LINE) this.tooLong(this.lines);
    const trimmed = text.trim();
    if (trimmed === '' || this.headers.comment(trimmed)) return;
    const { waiting } = this;
    if (!waiting) this.sink.row(this.fields(text), this.lines, last);
    else if (waiting.length === 0 && /^sep=.$/i.test(text.trimEnd())) this.stated = stated(text[4]);
    else if (waiting.length > 0 || !this.headers.words(trimmed)) {
      waiting.push({ text, line: this.lines, last });
      if (waiting.length >= LOOK_AHEAD) this.settle();
    }
  }

  /** Most lines agree on what separates their fields. */
  private settle(): void {
    const { waiting } = this;
    if (!waiting) return;
    this.waiting = null;
    const found = waiting.map(({ text }) => separatorOf(text));
    this.separator = this.stated ?? (found.length > 0 ? commonest(found) : null);
    for (const { text, line, last } of waiting) this.sink.row(this.fields(text), line, last);
  }

  private fields(text: string): string[] {
    const remark = text.includes('#') ? text.search(/\s#\s/) : -1;
    return fieldsOf(remark > 0 ? text.slice(0, remark) : text, this.separator);
  }

  private tooLong(line: number): never {
    throw new Problem(message('file-long-line', { line, most: LONGEST_LINE }));
  }

  private refuseBinary(piece: string): void {
    const place = piece.search(NO_TEXT);
    if (place < 0) return;
    const line = this.lines + (`${this.pending}${piece.slice(0, place)}`.match(/\r\n?|\n/g)?.length ?? 0) + 1;
    throw new Problem(message('file-binary', { line }));
  }
}

function stated(mark: string): Separator {
  return mark === ' ' ? 'blank' : (mark as Separator);
}

/** The value that occurs most often, the first among equals. */
export function commonest<T>(values: readonly T[]): T {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return values.reduce((best, value) => ((counts.get(value) ?? 0) > (counts.get(best) ?? 0) ? value : best));
}
