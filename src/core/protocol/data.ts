/** What the page asks the worker of training data. */

import type { FileAnswer, Instruction } from '../datasets/files/table.ts';
import type { DataPreview } from '../datasets/preview.ts';
import type { Experiment } from '../params/experiment.ts';

/** While the file is read it has neither states nor a question. */
export interface FileFrame extends FileAnswer {
  /** Bytes read so far, and rows found in them. */
  readonly bytes: number;
  readonly rows: number;
}

/** What the worker of the data answers. @template File what a file is to the page */
export interface DataApi<File> {
  preview(experiment: Experiment, own: Float32Array | null): Promise<DataPreview>;
  /** Begins to read a file of states with these coordinates; what was read of another is forgotten. */
  openFile(file: File, coordinates: readonly string[], instruction: Instruction): Promise<void>;
  /** Reads on for `budgetMs` or so. Rejects with what is wrong with the file and where. */
  readFile(budgetMs: number): Promise<FileFrame>;
}
