/** Reads a file as it streams in, piece by piece, so that its size does not matter. */

import { encodingOf } from '../src/core/datasets/files/encoding.ts';
import { StatesReader } from '../src/core/datasets/files/states-reader.ts';
import type { FileAnswer, Instruction } from '../src/core/datasets/files/table.ts';
import { message } from '../src/core/datasets/messages.ts';
import { Problem } from '../src/core/message.ts';
import type { FileFrame } from '../src/core/protocol/data.ts';

/** Larger files are refused at once: reading them would take minutes. */
export const LARGEST_FILE = 2 ** 30;

export class StatesFile {
  private readonly pieces: ReadableStreamDefaultReader<Uint8Array>;
  private decoder = new TextDecoder();
  private readonly reader: StatesReader;
  private bytes = 0;

  /** @throws Problem for a file that is empty or too large */
  constructor(file: Blob, coordinates: readonly string[], instruction: Instruction) {
    if (file.size === 0) throw new Problem(message('file-empty', {}));
    if (file.size > LARGEST_FILE)
      throw new Problem(message('file-too-large', { bytes: file.size, most: LARGEST_FILE }));
    this.reader = new StatesReader(coordinates, instruction);
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
        if (this.reader.isInDoubt) {
          this.close();
          return this.frame(this.reader.end());
        }
      } while (!outOfTime());
      return this.frame({ table: null, question: null });
    } catch (error) {
      this.close();
      throw error;
    }
  }

  close(): void {
    this.pieces.cancel().catch(() => undefined);
  }

  private frame(answer: FileAnswer): FileFrame {
    return { bytes: this.bytes, rows: this.reader.rows, ...answer };
  }
}
