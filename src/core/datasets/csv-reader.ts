/** Reads states from CSV text that comes in pieces, in bounded memory. */
import { RandomStream } from '../numerics/random.ts';
import { fieldsOf, isNumeric, numberOf, problemOf, type Separator, separatorOf } from './csv-fields.ts';
import { Reservoir } from './reservoir.ts';
import { FEWEST_STATES } from './source.ts';

/** States that are kept of a file: a random sample if it has more. */
export const MOST_ROWS = 200_000;
/** Characters of a line. */
export const LONGEST_LINE = 10_000;
/** Control characters that no text has (tab, line feed, form feed and carriage return it has). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells a binary file
const NO_TEXT = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;
const NAMES = ['no', 'one', 'two', 'three'];

/** What is wrong with a file, with the line and the column (both from 1) where there are any. */
export class CsvProblem extends Error {
  override readonly name = 'CsvProblem';

  constructor(
    problem: string,
    readonly line: number | null = null,
    readonly column: number | null = null,
  ) {
    const place = [line === null ? '' : `line ${line}`, column === null ? '' : `column ${column}`];
    const where = place.filter(Boolean).join(', ');
    const text = where ? `${where}: ${problem}` : problem;
    super(`${text[0].toUpperCase()}${text.slice(1)}.`);
  }
}

export interface CsvTable {
  /** Row by row, a number for each coordinate. */
  readonly states: Float32Array;
  /** Rows of the file; more than there are states if only a sample was kept. */
  readonly rows: number;
  /** What a person should know of how the file was read, in sentences. */
  readonly remarks: readonly string[];
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
  private readonly remarks: string[] = [];
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

  /** The next piece of text; it may end anywhere. @throws CsvProblem */
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

  /** All that was read. @throws CsvProblem if it is too little */
  end(): CsvTable {
    if (this.pending !== '') this.line(this.pending.replace(/\r$/, ''));
    this.pending = '';
    const { kept, seen } = this.reservoir;
    if (!this.layout) throw new CsvProblem('the file is empty: no line has a number');
    if (seen < FEWEST_STATES)
      throw new CsvProblem(
        `the file has ${seen} ${seen === 1 ? 'state' : 'states'}, and at least ${FEWEST_STATES} are needed`,
      );
    const thinned = `A random sample of ${counted(kept)} of the ${counted(seen)} states is kept.`;
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
      throw new CsvProblem(
        `there ${fields.length === 1 ? 'is' : 'are'} ${plural(fields.length)} here and ${plural(count)} in the lines before`,
        this.lines,
        Math.min(fields.length, count) + (fields.length > count ? 1 : 0),
      );
    for (let d = 0; d < columns.length; d++) {
      const field = fields[columns[d]];
      const value = numberOf(field);
      if (Number.isNaN(value))
        throw new CsvProblem(`${problemOf(field)} (${this.names[d]})`, this.lines, columns[d] + 1);
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
      throw new CsvProblem(this.tooFew(fields.length), this.lines, fields.length);
    const isHeader = !fields.some(isNumeric);
    const columns = isHeader ? this.byName(fields) : null;
    this.layout = { separator, count: fields.length, columns: columns ?? names.map((_, d) => d) };
    if (!columns && fields.length > names.length)
      this.remarks.push(
        `The file has ${plural(fields.length)}; the first ${NAMES[names.length] ?? names.length} are taken as ${listed(names)}.`,
      );
    if (!isHeader) this.values(fields, this.layout);
  }

  /** Column of each coordinate; null if no column has the name of one. */
  private byName(header: readonly string[]): number[] | null {
    const lower = header.map((name) => name.toLowerCase());
    const places = this.names.map((name) => lower.indexOf(name.toLowerCase()));
    if (places.every((place) => place < 0)) return null;
    places.forEach((place, d) => {
      const name = this.names[d];
      if (place < 0) throw new CsvProblem(`no column is called ${name}`, this.lines);
      const again = lower.indexOf(name.toLowerCase(), place + 1);
      if (again >= 0) throw new CsvProblem(`two columns are called ${name}`, this.lines, again + 1);
    });
    return places;
  }

  private tooFew(count: number): string {
    const { names } = this;
    const needed = NAMES[names.length] ?? names.length;
    return `there ${count === 1 ? 'is' : 'are'} ${plural(count)} where ${needed} are needed, ${listed(names)}, separated by commas, semicolons or tabs`;
  }

  private tooLong(): never {
    const line = this.pending.length > LONGEST_LINE ? this.lines + 1 : this.lines;
    throw new CsvProblem(
      `the line has more than ${counted(LONGEST_LINE)} characters: is this a CSV file?`,
      line,
    );
  }

  private refuseBinary(piece: string): void {
    const place = piece.search(NO_TEXT);
    if (place < 0) return;
    const line = this.lines + (`${this.pending}${piece.slice(0, place)}`.match(/\r\n?|\n/g)?.length ?? 0) + 1;
    throw new CsvProblem('this is not text: save the states as CSV (UTF-8), not in a binary format', line);
  }
}

function counted(count: number): string {
  return count.toLocaleString('en');
}

function plural(count: number): string {
  return `${NAMES[count] ?? count} column${count === 1 ? '' : 's'}`;
}

function listed(names: readonly string[]): string {
  return names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
