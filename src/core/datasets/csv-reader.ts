/** Reads states from CSV text that comes in pieces, in bounded memory. */
import { type Message, Problem } from '../message.ts';
import { RandomStream } from '../numerics/random.ts';
import { faultOf, fieldsOf, isNumeric, numberOf, type Separator, separatorOf, shown } from './csv-fields.ts';
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
 * line may name the columns; coordinates are then found by name (in any case of letters), else they are the first columns.
 * Empty lines and lines that begin with # count for nothing.
 */
export class CsvReader {
  private layout: Layout | null = null;
  private readonly reservoir: Reservoir;
  private readonly remarks: Message[] = [];
  private readonly row: Float64Array;
  private pending = '';
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
    if (this.pending !== '') this.line(this.pending.replace(/\r$/, ''));
    this.pending = '';
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
    if (trimmed === '' || trimmed.startsWith('#')) return;
    if (this.layout) this.values(fieldsOf(text, this.layout.separator), this.layout);
    else this.first(text);
  }

  private values(fields: readonly string[], { columns, count }: Layout): void {
    if (fields.length !== count)
      throw new Problem(
        message('csv-columns-differ', {
          line: this.lines,
          column: Math.min(fields.length, count) + (fields.length > count ? 1 : 0),
          here: fields.length,
          before: count,
        }),
      );
    for (let d = 0; d < columns.length; d++) {
      const field = fields[columns[d]];
      const value = numberOf(field);
      if (Number.isNaN(value)) this.badNumber(field, d, columns[d] + 1);
      this.row[d] = value;
    }
    this.reservoir.add(this.row);
  }

  /** The first line that says something: names of columns, or numbers. */
  private first(text: string): void {
    const { names } = this;
    const separator = separatorOf(text);
    const fields = fieldsOf(text, separator);
    if (fields.length < names.length)
      throw new Problem(
        message('csv-few-columns', {
          line: this.lines,
          column: fields.length,
          columns: fields.length,
          names,
        }),
      );
    const isHeader = !fields.some(isNumeric);
    const columns = isHeader ? this.byName(fields) : null;
    this.layout = { separator, count: fields.length, columns: columns ?? names.map((_, d) => d) };
    if (!columns && fields.length > names.length)
      this.remarks.push(message('csv-first-columns', { columns: fields.length, names }));
    if (!isHeader) this.values(fields, this.layout);
  }

  /** Column of each coordinate; null if no column has the name of one. */
  private byName(header: readonly string[]): number[] | null {
    const lower = header.map((name) => name.toLowerCase());
    const places = this.names.map((name) => lower.indexOf(name.toLowerCase()));
    if (places.every((place) => place < 0)) return null;
    places.forEach((place, d) => {
      const name = this.names[d];
      if (place < 0) throw new Problem(message('csv-no-column', { line: this.lines, name }));
      const again = lower.indexOf(name.toLowerCase(), place + 1);
      if (again >= 0)
        throw new Problem(message('csv-column-twice', { line: this.lines, column: again + 1, name }));
    });
    return places;
  }

  private badNumber(field: string, d: number, column: number): never {
    const fault = faultOf(field);
    throw new Problem(
      message('csv-bad-number', {
        line: this.lines,
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
