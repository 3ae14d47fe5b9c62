/** Innermost brackets of a text as rows or columns of a table. */
import { Problem } from '../../message.ts';
import { message } from '../messages.ts';
import { FEWEST_STATES } from '../own.ts';
import { isNumeric, numberOf } from './fields.ts';
import type { RowSink } from './rows.ts';

/** A bracket of more numbers is a column. */
const LONGEST_ROW = 256;
/** Numbers in columns, which have to be kept until the last one has come. */
const MOST_IN_COLUMNS = 2e7;

/** A bracket without brackets in it. */
export interface Leaf {
  /** Its name in the object around it. */
  readonly name: string | null;
  /** Numbers as they are written, or names. */
  values: string[];
  /** Names of the numbers, if they have any. */
  keys: string[];
  /** Earlier numbers, once there are too many for a row. */
  column: number[] | null;
}

interface Column {
  readonly name: string;
  readonly values: readonly number[];
}

/**
 * A bracket is a row, unless it is very long, the only one of its name, or one of so few that they cannot be a set of states:
 * then it is a column.
 */
export class LeafTable {
  names: readonly string[] | null = null;
  private columns: Column[] = [];
  private inColumns = 0;
  private rows = 0;
  /** The first rows, until there are so many that they are no columns. */
  private held: Leaf[] | null = [];
  private readonly namesOfRows = new Set<string>();

  constructor(private readonly sink: RowSink) {}

  /** Keeps a long bracket in little memory. */
  shorten(leaf: Leaf): void {
    if (leaf.values.length <= LONGEST_ROW) return;
    leaf.column ??= [];
    for (const value of leaf.values) leaf.column.push(numberOf(value));
    this.inColumns += leaf.values.length;
    if (this.inColumns > MOST_IN_COLUMNS)
      throw new Problem(message('file-long-columns', { most: MOST_IN_COLUMNS }));
    leaf.values = [];
    leaf.keys = [];
  }

  take(leaf: Leaf): void {
    const { name, values, column } = leaf;
    if (!column && values.length === 0) return;
    if (!column && !values.some(isNumeric)) this.names = values;
    else if (column) this.columns.push(columnOf(leaf));
    else if (name === null || this.namesOfRows.has(name)) this.row(leaf);
    else this.named(name, leaf);
  }

  /** @param cut a bracket that the text does not close  @returns how many rows there are */
  end(cut: Leaf | null): number {
    const { held } = this;
    // What was cut off in the middle of a row is left out; a column is whole as far as it goes.
    const open =
      cut && (cut.column || cut.name !== null) && cut.values.length + (cut.column?.length ?? 0) > 1;
    if (open) this.columns.push(columnOf({ ...cut, values: cut.values.slice(0, -1) }));
    if (held && held.length > 0 && this.columns.length === 0 && areColumns(held))
      this.columns = held.map(columnOf);
    else for (const leaf of held ?? []) this.emit(leaf);
    if (this.rows === 0) this.rowsOfColumns(open ? (this.columns.at(-1)?.values.length ?? 0) : null);
    return this.rows;
  }

  /** The first of its name may be a column; once there is another, each is a row: {"frame": 1, "place": [0, 1]}. */
  private named(name: string, leaf: Leaf): void {
    const first = this.columns.find((column) => column.name === name);
    if (!first) {
      this.columns.push(columnOf(leaf));
      return;
    }
    this.columns = this.columns.filter((column) => column !== first);
    this.namesOfRows.add(name);
    this.row({ name, values: first.values.map(String), keys: leaf.keys, column: null });
    this.row(leaf);
  }

  private row(leaf: Leaf): void {
    if (!this.held) this.emit(leaf);
    else if (this.held.push(leaf) >= FEWEST_STATES) {
      const { held } = this;
      this.held = null;
      for (const early of held) this.emit(early);
    }
  }

  private emit({ values, keys }: Leaf): void {
    this.rows++;
    if (keys.length > 0) this.names ??= keys;
    const sameOrder = !this.names || keys.length === 0 || keys.join('\n') === this.names.join('\n');
    this.sink.row(
      sameOrder ? values : (this.names ?? []).map((name) => values[keys.indexOf(name)] ?? ''),
      this.rows,
    );
  }

  /** @param length of columns that were cut off; the longest ones when null */
  private rowsOfColumns(length: number | null): void {
    const rows = length ?? this.columns.reduce((most, { values }) => Math.max(most, values.length), 0);
    const columns = this.columns.filter(({ values }) => values.length >= rows);
    if (columns.some(({ name }) => name !== '')) this.names = columns.map(({ name }) => name);
    for (let k = 0; k < rows; k++) {
      this.rows++;
      this.sink.row(
        columns.map(({ values }) => String(values[k])),
        this.rows,
      );
    }
  }
}

function columnOf({ name, values, column }: Leaf): Column {
  const all = column ?? [];
  for (const value of values) all.push(numberOf(value));
  return { name: name ?? '', values: all };
}

/** Whether so few rows have as many numbers as a set of states. */
function areColumns(rows: readonly Leaf[]): boolean {
  return rows.every(({ values, keys }) => keys.length === 0 && values.length >= FEWEST_STATES);
}
