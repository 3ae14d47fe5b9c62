/** States of the rows of a file: columns chosen by its first rows, rows without numbers counted, a sample kept. */
import { type Message, Problem } from '../../message.ts';
import { RandomStream } from '../../numerics/random.ts';
import { differentRows, drawRows } from '../draw.ts';
import { message } from '../messages.ts';
import { FEWEST_STATES } from '../own.ts';
import { type ColumnChoice, understood } from './columns.ts';
import { faultOf, numberOf, shown } from './fields.ts';
import { type FileQuestion, type Head, headOf, ofLength, type Row } from './head.ts';
import { Reservoir } from './reservoir.ts';
import type { RowSink, TextReader } from './rows.ts';

/** States that are kept of a file: a random sample if it has more. */
export const MOST_ROWS = 200_000;
/** Rows, and fields of them, by which the columns are chosen. */
const HEAD_ROWS = 1000;
const HEAD_FIELDS = 100_000;
/** With so many bad rows, and more of them than good ones, it is no table. */
const MOST_BAD = 1000;

export interface StatesOfFile {
  /** Row by row, a number for each coordinate. */
  readonly states: Float32Array;
  /** States of the file; more than there are in `states` if only a sample was kept. */
  readonly rows: number;
  /** What a person should know of how the file was read. */
  readonly remarks: readonly Message[];
}

/** What the person said: nothing yet, that they want to be asked, or which columns. */
export type Instruction = ColumnChoice | 'ask' | null;

/** States, a question, or both: states that are right if the person agrees. */
export interface FileAnswer {
  readonly table: StatesOfFile | null;
  readonly question: FileQuestion | null;
}

interface Layout extends Head {
  readonly choice: ColumnChoice;
  /** Columns of the coordinates, and of the weights. */
  readonly taken: readonly number[];
}

export class StateTable implements RowSink {
  /** What has to be asked before it makes sense to read on. */
  question: FileQuestion | null = null;
  private layout: Layout | null = null;
  /** The first rows, until it is known which columns they have. */
  private waiting: Row[] = [];
  private fieldsWaiting = 0;
  private readonly reservoir: Reservoir;
  private readonly numbers: Float64Array;
  private readonly remarks: Message[] = [];
  private bad = 0;
  private firstBad: Message | null = null;

  /** @param source where names of columns come from  @param most states that are kept */
  constructor(
    private readonly coordinates: readonly string[],
    private readonly instruction: Instruction,
    private readonly source: () => TextReader,
    most: number,
  ) {
    // One number more: the weight.
    this.numbers = new Float64Array(coordinates.length + 1).fill(1);
    this.reservoir = new Reservoir(this.numbers.length, most, new RandomStream(0, 'rows of a file'));
  }

  /** States so far. */
  get rows(): number {
    return this.reservoir.seen + this.waiting.length;
  }

  row(fields: readonly string[], line: number, last = false): void {
    const row = { fields, line, last };
    if (this.question) return;
    if (this.layout) this.take(row, this.layout);
    else {
      this.waiting.push(row);
      this.fieldsWaiting += fields.length;
      if (this.waiting.length >= HEAD_ROWS || this.fieldsWaiting >= HEAD_FIELDS) this.settle();
    }
  }

  remark(told: Message): void {
    this.remarks.push(told);
  }

  /** @throws Problem if there are too few states */
  end(): FileAnswer {
    this.settle(true);
    const { layout, question, bad, firstBad } = this;
    if (question) return { table: null, question };
    if (!layout) throw new Problem(message('file-empty', {}));
    const { seen } = this.reservoir;
    if (seen < FEWEST_STATES)
      throw new Problem(firstBad ?? message('file-few-states', { states: seen, needed: FEWEST_STATES }));
    if (!firstBad) return { table: this.states(layout), question: null };
    const left = { rows: bad, of: bad + seen, first: firstBad };
    this.remark(message('file-rows-left-out', left));
    const { columns, choice, header } = layout;
    const asked = { columns, header, choice: { ...choice, drop: true }, why: message('file-bad-rows', left) };
    return { table: this.states(layout), question: choice.drop ? null : asked };
  }

  /** Chooses the columns, or says that a person has to. @param ended whether these are all rows */
  private settle(ended = false): void {
    const { waiting, instruction } = this;
    if (waiting.length === 0 || this.layout || this.question) return;
    const head = headOf(waiting, this.source(), this.coordinates);
    const { choice, doubt, remarks } = this.chosen(head);
    if (doubt && ended && waiting.length < FEWEST_STATES)
      throw new Problem(message('file-few-states', { states: waiting.length, needed: FEWEST_STATES }));
    if (doubt || instruction === 'ask') {
      this.question = { columns: head.columns, header: head.header, choice, why: doubt };
      return;
    }
    this.remarks.push(...remarks);
    const taken = choice.weight === null ? choice.columns : [...choice.columns, choice.weight];
    const layout = { ...head, choice, taken };
    this.layout = layout;
    this.waiting = [];
    for (const row of waiting) this.take(row, layout);
  }

  /** What the person chose, if this file has such columns. */
  private chosen({ columns }: Head): ReturnType<typeof understood> {
    const { instruction, coordinates } = this;
    const own = understood(columns, coordinates);
    if (!instruction || instruction === 'ask') return own;
    const wanted = [...instruction.columns, instruction.weight ?? 0];
    if (instruction.columns.length !== coordinates.length || wanted.some((k) => !(k in columns))) return own;
    const labels = instruction.columns.map((k) => columns[k].name || k + 1);
    const chosen = message('file-chosen-columns', { columns: labels, names: coordinates });
    const others = own.remarks.filter(({ id }) => id !== 'file-time-column');
    return { choice: instruction, doubt: null, remarks: [chosen, ...others] };
  }

  private take(row: Row, { columns, taken, names }: Layout): void {
    const fields = ofLength(row.fields, columns.length);
    if (!fields) {
      this.refuse(this.columnsDiffer(row, columns.length), row);
      return;
    }
    for (let d = 0; d < taken.length; d++) {
      const value = numberOf(fields[taken[d]]);
      const isWeight = d === this.coordinates.length;
      if (Number.isNaN(value) || (isWeight && value < 0)) {
        // Runs that were continued write their names once more.
        if (!names || fields.some((field, k) => field !== names[k]))
          this.refuse(this.badNumber(fields[taken[d]], d, row.line, taken[d]), row);
        return;
      }
      this.numbers[d] = value;
    }
    this.reservoir.add(this.numbers);
  }

  private refuse(told: Message, { line, last }: Row): void {
    if (last) {
      this.remark(message('file-cut-line', { line }));
      return;
    }
    this.firstBad ??= told;
    if (++this.bad >= MOST_BAD && this.bad > this.reservoir.seen) throw new Problem(this.firstBad);
  }

  private columnsDiffer({ fields, line }: Row, before: number): Message {
    const here = fields.length;
    const column = Math.min(here, before) + (here > before ? 1 : 0);
    return message('file-columns-differ', { unit: this.source().unit, line, column, here, before });
  }

  private badNumber(field: string, d: number, line: number, column: number): Message {
    return message('file-bad-number', {
      unit: this.source().unit,
      line,
      column: column + 1,
      field: shown(field),
      coordinate: this.coordinates[d] ?? null,
      fault: Number.isNaN(numberOf(field)) ? faultOf(field) : 'negative-weight',
    });
  }

  private states({ choice, columns }: Layout): StatesOfFile {
    const { kept, seen } = this.reservoir;
    const [dimension, rows] = [this.coordinates.length, this.reservoir.rows()];
    if (kept < seen) this.remark(message('file-sample', { kept, rows: seen }));
    let drawn: ArrayLike<number> = Int32Array.from({ length: kept }, (_, n) => n);
    if (choice.weight !== null) {
      const weights = Float64Array.from({ length: kept }, (_, n) => rows[n * (dimension + 1) + dimension]);
      if (weights.every((weight) => weight === 0)) throw new Problem(message('file-no-weight', {}));
      const again = drawRows(weights, kept, new RandomStream(0, 'weights of a file'));
      const column = columns[choice.weight].name || choice.weight + 1;
      this.remark(message('file-weighted', { column, states: kept, different: differentRows(again) }));
      drawn = again;
    }
    const states = Float32Array.from(
      { length: kept * dimension },
      (_, i) => rows[drawn[Math.floor(i / dimension)] * (dimension + 1) + (i % dimension)],
    );
    return { states, rows: seen, remarks: this.remarks };
  }
}
