/** The first rows of a file, and what a person is asked about them. */
import { type Message, Problem } from '../../message.ts';
import { message } from '../messages.ts';
import type { ColumnChoice, FileColumn } from './columns.ts';
import { numberOf } from './fields.ts';
import { commonest } from './lines.ts';
import type { TextReader } from './rows.ts';

export interface Row {
  readonly fields: readonly string[];
  readonly line: number;
  readonly last: boolean;
}

export interface Head {
  /** One for each field that most rows have. */
  readonly columns: readonly FileColumn[];
  readonly names: readonly string[] | null;
  /** The same for all files with these columns. */
  readonly header: string;
}

/** What a person should say of a file: which columns, and whether rows may be left out. */
export interface FileQuestion {
  readonly columns: readonly FileColumn[];
  readonly choice: ColumnChoice;
  readonly header: string;
  /** Why it is asked; null if the person wanted it. */
  readonly why: Message | null;
}

/** @throws Problem if the rows have fewer fields than there are coordinates */
export function headOf(rows: readonly Row[], source: TextReader, coordinates: readonly string[]): Head {
  const count = commonest(rows.map(({ fields }) => withoutLast(fields).length));
  if (count < coordinates.length)
    throw new Problem(
      message('file-few-columns', {
        unit: source.unit,
        line: rows[0].line,
        column: count,
        columns: count,
        names: coordinates,
      }),
    );
  const names = source.namesOf(count);
  const whole = rows.map(({ fields }) => ofLength(fields, count)).filter((fields) => fields !== null);
  const columns = Array.from({ length: count }, (_, k) => ({
    name: names?.[k] ?? '',
    values: Float32Array.from(whole, (fields) => numberOf(fields[k])),
  }));
  return { columns, names, header: JSON.stringify(names ?? count) };
}

/** Fields of a row of so many; null if it has another number. Some programs end every line with a separator. */
export function ofLength(fields: readonly string[], count: number): readonly string[] | null {
  if (fields.length === count) return fields;
  return fields.length === count + 1 && fields[count] === '' ? fields.slice(0, count) : null;
}

function withoutLast(fields: readonly string[]): readonly string[] {
  return fields.length > 1 && fields.at(-1) === '' ? fields.slice(0, -1) : fields;
}
