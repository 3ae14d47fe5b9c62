/** Reads a file as it streams in, piece by piece, so that its size does not matter. */

import { CsvReader } from '../src/core/datasets/csv-reader.ts';
import { message } from '../src/core/datasets/messages.ts';
import { Problem } from '../src/core/message.ts';
import type { FileFrame } from '../src/core/protocol/data.ts';

/** Larger files are refused at once: reading them would take minutes. */
export const LARGEST_FILE = 2 ** 30;

export class CsvFile {
  private readonly pieces: ReadableStreamDefaultReader<Uint8Array>;
  private decoder = new TextDecoder();
  private readonly reader: CsvReader;
  private bytes = 0;

  /** @throws Problem for a file that is empty or too large */
  constructor(file: Blob, coordinates: readonly string[]) {
    if (file.size === 0) throw new Problem(message('csv-empty', {}));
    if (file.size > LARGEST_FILE)
      throw new Problem(message('csv-too-large', { bytes: file.size, most: LARGEST_FILE }));
    this.reader = new CsvReader(coordinates);
    this.pieces = file.stream().getReader();
  }

  /** Reads on until `outOfTime`, one piece at least. @throws Problem, and then reads no more */
  async read(outOfTime: () => boolean): Promise<FileFrame> {
    try {
      do {
        const { value, done } = await this.pieces.read();
        if (done) {
          this.reader.push(this.decoder.decode());
          return this.frame(this.reader.end());
        }
        if (this.bytes === 0) this.decoder = new TextDecoder(encodingOf(value));
        this.bytes += value.length;
        this.reader.push(this.decoder.decode(value, { stream: true }));
      } while (!outOfTime());
      return this.frame(null);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  close(): void {
    this.pieces.cancel().catch(() => undefined);
  }

  private frame(table: FileFrame['table']): FileFrame {
    return { bytes: this.bytes, rows: this.reader.rows, table };
  }
}

/** By the mark that programs of Windows put in front of text of sixteen bits a letter. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
