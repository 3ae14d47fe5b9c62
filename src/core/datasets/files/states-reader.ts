/** Reads states from the text of a file that comes in pieces, in bounded memory. */
import { BracketReader, isBracketed } from './brackets.ts';
import { LineReader } from './lines.ts';
import type { TextReader } from './rows.ts';
import { type FileAnswer, type Instruction, MOST_ROWS, StateTable } from './table.ts';

/** Characters by which the kind of text is known. */
const BEGINNING = 1000;

/**
 * Numbers separated by commas, semicolons, tabs or blanks, with decimal points or (unless it separates) commas, a row in each
 * line; or numbers in brackets (JSON, Python). Columns are found by the names that lines or comments give them (also of PLUMED and
 * Grace). Where they may be others than those, the answer is a question.
 */
export class StatesReader {
  private reader: TextReader | null = null;
  private beginning = '';
  private readonly table: StateTable;

  /** @param coordinates that the states need  @param most states that are kept */
  constructor(
    private readonly coordinates: readonly string[],
    instruction: Instruction = null,
    most = MOST_ROWS,
  ) {
    this.table = new StateTable(coordinates, instruction, () => this.text(), most);
  }

  /** Rows so far. */
  get rows(): number {
    return this.table.rows;
  }

  /** Whether reading on would not help, since a person has to be asked first. */
  get isInDoubt(): boolean {
    return this.table.question !== null;
  }

  /** The next piece of text; it may end anywhere. @throws Problem */
  push(piece: string): void {
    if (this.reader) this.reader.push(piece);
    else this.beginning += piece;
    if (this.beginning.length >= BEGINNING) this.text();
  }

  /** All that was read. @throws Problem if it is too little */
  end(): FileAnswer {
    // What comes behind a question does not matter.
    if (!this.isInDoubt) this.text().end();
    return this.table.end();
  }

  private text(): TextReader {
    if (this.reader) return this.reader;
    const { beginning, table, coordinates } = this;
    this.reader = isBracketed(beginning) ? new BracketReader(table) : new LineReader(table, coordinates);
    this.beginning = '';
    this.reader.push(beginning);
    return this.reader;
  }
}
