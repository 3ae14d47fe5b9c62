/** Reads states from CSV text that comes in pieces, in bounded memory. */
import { type Message, Problem } from '../message.ts';
import { RandomStream } from '../numerics/random.ts';
import { Comments, columnsByName, counts, isHeader, LOOK_AHEAD } from './columns.ts';
import { faultOf, fieldsOf, numberOf, type Separator, separatorOf, shown } from './csv-fields.ts';
import { message } from './messages.ts';
import { FEWEST_STATES } from './own.ts';
import { Reservoir } from './reservoir.ts';

/** States that are kept of a file: a random sample if it has more. */
export const MOST_ROWS = 200_000;
/** Characters of a line. */
export const LONGEST_LINE = 10_000;
/** Control characters that no text has (tab, line feed, form feed and carriage return it has). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells a binary file
const NO_TEXT = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;

export interface CsvTable {
  /** Row by row, a number for each coordinate. */
  readonly states: Float32Array;
  /** Rows of the file; more than there are states if only a sample was kept. */
  readonly rows: number;
  /** What a person should know of how the file was read. */
  readonly remarks: readonly Message[];
}

/** Columns of a file, as its first line tells. */
interface Layout {
  readonly separator: Separator | null;
  readonly count: number;
  /** Column of each coordinate. */
  readonly columns: readonly number[];
}

/**
 * Numbers separated by commas, semicolons, tabs or blanks, with decimal points or (unless it separates) commas. The first
 * line or a comment (also of PLUMED and Grace) may name the columns; coordinates are then found by name. Without names they are
 * the first columns, after one that counts rows or time.
 */
export class CsvReader {
  private layout: Layout | null = null;
  private readonly reservoir: Reservoir;
  private readonly remarks: Message[] = [];
  private readonly row: Float64Array;
  private pending = '';
  private readonly comments = new Comments();
  /** The separator that a first line `sep=;` states. */
  private stated: Separator | null = null;
  /** Rows that wait until it is known which columns they have. */
  private waiting: { readonly fields: readonly string[]; readonly line: number }[] = [];
  private lines = 0;

  /** @param names coordinates that the states need  @param most states that are kept */
  constructor(
    private readonly names: readonly string[],
    most = MOST_ROWS,
  ) {
    this.reservoir = new Reservoir(names.length, most, new RandomStream(0, 'rows of a file'));
    this.row = new Float64Array(names.length);
  }

  /** Rows so far. */
  get rows(): number {
    return this.reservoir.seen;
  }

  /** The next piece of text; it may end anywhere. @throws Problem */
  push(piece: string): void {
    this.refuseBinary(piece);
    let text = this.pending + piece;
    // Half of a line end may be yet to come.
    const half = text.endsWith('\r') ? '\r' : '';
    if (half) text = text.slice(0, -1);
    if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.line(text.slice(start, end));
      start = end + 1;
    }
    this.pending = text.slice(start) + half;
    if (this.pending.length > LONGEST_LINE + 1) this.tooLong();
  }

  /** All that was read. @throws Problem if it is too little */
  end(): CsvTable {
    if (this.pending !== '') this.lastLine(this.pending.replace(/\r$/, ''));
    this.pending = '';
    this.settle();
    const { kept, seen } = this.reservoir;
    if (!this.layout) throw new Problem(message('csv-empty', {}));
    if (seen < FEWEST_STATES)
      throw new Problem(message('csv-few-states', { states: seen, needed: FEWEST_STATES }));
    const thinned = message('csv-sample', { kept, rows: seen });
    return {
      states: this.reservoir.rows(),
      rows: seen,
      remarks: kept < seen ? [...this.remarks, thinned] : this.remarks,
    };
  }

  private line(text: string): void {
    this.lines++;
    if (text.length > LONGEST_LINE) this.tooLong();
    const trimmed = text.trim();
    if (trimmed === '' || this.comments.take(trimmed)) return;
    if (/^sep=./i.test(trimmed) && !this.layout) this.stated = trimmed[4] as Separator;
    else if (!this.layout) this.first(text);
    else this.data(fieldsOf(text, this.layout.separator), this.layout);
  }

  private data(fields: readonly string[], layout: Layout): void {
    if (this.waiting.length === 0) this.values(fields, layout);
    else if (this.waiting.push({ fields, line: this.lines }) >= LOOK_AHEAD) this.settle();
  }

  /** Columns without names: the first ones, unless the very first counts rows or time. */
  private settle(): void {
    const { waiting, layout, names } = this;
    if (waiting.length === 0 || !layout) return;
    this.waiting = [];
    const skipped = counts(waiting.map(({ fields }) => numberOf(fields[0] ?? ''))) ? 1 : 0;
    this.layout = { ...layout, columns: names.map((_, d) => d + skipped) };
    this.remarks.push(
      skipped
        ? message('csv-time-column', { names })
        : message('csv-first-columns', { columns: layout.count, names }),
    );
    for (const { fields, line } of waiting) this.values(fields, this.layout, line);
  }

  /** A file that was cut off ends in the middle of a line. */
  private lastLine(text: string): void {
    const { layout } = this;
    if (layout && text.trim() !== '' && fieldsOf(text, layout.separator).length < layout.count)
      this.remarks.push(message('csv-cut-line', { line: this.lines + 1 }));
    else this.line(text);
  }

  private values(all: readonly string[], { columns, count }: Layout, line = this.lines): void {
    // Some programs end every line with a separator.
    const fields = all.length === count + 1 && all.at(-1) === '' ? all.slice(0, -1) : all;
    if (fields.length !== count)
      throw new Problem(
        message('csv-columns-differ', {
          line,
          column: Math.min(fields.length, count) + (fields.length > count ? 1 : 0),
          here: fields.length,
          before: count,
        }),
      );
    for (let d = 0; d < columns.length; d++) {
      const field = fields[columns[d]];
      const value = numberOf(field);
      if (Number.isNaN(value)) this.badNumber(field, d, line, columns[d] + 1);
      this.row[d] = value;
    }
    this.reservoir.add(this.row);
  }

  /** The first line that says something: names of columns, or numbers. */
  private first(text: string): void {
    const { names } = this;
    const separator = this.stated ?? separatorOf(text);
    const all = fieldsOf(text, separator);
    const fields = all.length > names.length && all.at(-1) === '' ? all.slice(0, -1) : all;
    if (fields.length < names.length)
      throw new Problem(
        message('csv-few-columns', {
          line: this.lines,
          column: fields.length,
          columns: fields.length,
          names,
        }),
      );
    const header = isHeader(fields) ? fields : this.comments.namesOf(fields.length);
    const columns = header ? columnsByName(header, names, this.lines) : names.map((_, d) => d);
    this.layout = { separator, count: fields.length, columns };
    if (header === fields) return;
    if (header || fields.length === names.length) this.values(fields, this.layout);
    else this.waiting.push({ fields, line: this.lines });
  }

  private badNumber(field: string, d: number, line: number, column: number): never {
    const fault = faultOf(field);
    throw new Problem(
      message('csv-bad-number', {
        line,
        column,
        field: shown(field),
        coordinate: this.names[d],
        fault,
      }),
    );
  }

  private tooLong(): never {
    const line = this.pending.length > LONGEST_LINE ? this.lines + 1 : this.lines;
    throw new Problem(message('csv-long-line', { line, most: LONGEST_LINE }));
  }

  private refuseBinary(piece: string): void {
    const place = piece.search(NO_TEXT);
    if (place < 0) return;
    const line = this.lines + (`${this.pending}${piece.slice(0, place)}`.match(/\r\n?|\n/g)?.length ?? 0) + 1;
    throw new Problem(message('csv-binary', { line }));
  }
}
