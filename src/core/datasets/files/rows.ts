/** What the readers of the two kinds of text tell the table: names and rows. */
import type { Message } from '../../message.ts';
import type { Unit } from '../messages.ts';

export interface RowSink {
  /** @param line where it stands, counted from 1  @param last whether the text ends in it, so that it may have been cut off */
  row(fields: readonly string[], line: number, last?: boolean): void;
  remark(message: Message): void;
}

/** Takes a text piece by piece. */
export interface TextReader {
  /** What its rows are called. */
  readonly unit: Unit;
  /** @throws Problem */
  push(piece: string): void;
  end(): void;
  /** Names of so many columns, if the text has any. */
  namesOf(count: number): readonly string[] | null;
}
