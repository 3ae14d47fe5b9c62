/** Reads a file of states in a worker of its own. Whatever goes wrong, or is asked, the data before stay until there are others. */
import type { ColumnChoice } from '../../core/datasets/files/columns.ts';
import type { FileQuestion } from '../../core/datasets/files/head.ts';
import type { Instruction, StatesOfFile } from '../../core/datasets/files/table.ts';
import type { DataApi, FileFrame } from '../../core/protocol/data.ts';
import { messageOf } from '../../text/index.ts';
import { Cancelled, type Remote } from '../runs/remote.ts';
import { Signal } from '../runs/signal.ts';
import { dataWorker } from '../runs/workers.ts';
import { choiceFor, rememberChoice } from './column-choices.ts';
import { fileData } from './own-data.ts';

const BUDGET = 200;

export interface Importing {
  readonly name: string;
  /** Share of the file that was read, 0 to 1, and rows found in it; null when it is over. */
  readonly progress: { readonly share: number; readonly rows: number } | null;
  /** What is wrong with the file; null while nothing is. */
  readonly problem: string | null;
}

/** What the person is asked. */
export interface Asking {
  readonly file: File;
  readonly coordinates: readonly string[];
  readonly question: FileQuestion;
  /** States that are taken if the person agrees with the columns of the question. */
  readonly table: StatesOfFile | null;
}

export class FileImport {
  readonly state = new Signal<Importing | null>(null);
  readonly asking = new Signal<Asking | null>(null);
  #worker: Remote<DataApi<Blob>> | null = null;
  #turn = 0;

  /** @returns whether its states are now those of the page */
  async read(file: File, coordinates: readonly string[], instruction: Instruction = null): Promise<boolean> {
    this.cancel();
    const turn = ++this.#turn;
    try {
      const answer = await this.#answer(file, coordinates, instruction, turn);
      if (!answer) return false;
      this.state.set(null);
      const { question, table } = answer;
      const known = instruction === null && question && !table && choiceFor(question, coordinates);
      if (known) return this.read(file, coordinates, known);
      if (question) this.asking.set({ file, coordinates, question, table });
      else if (table) fileData.set({ name: file.name, file, coordinates, ...table });
      return !question;
    } catch (error) {
      if (!(error instanceof Cancelled) && turn === this.#turn)
        this.state.set({ name: file.name, progress: null, problem: messageOf(error) });
      return false;
    }
  }

  /** What the person says to the question. @returns as `read` */
  async choose(choice: ColumnChoice): Promise<boolean> {
    const asking = this.asking.get();
    if (!asking) return false;
    const { file, coordinates, question, table } = asking;
    this.asking.set(null);
    rememberChoice(question, coordinates, choice);
    if (!table || !sameColumns(choice, question.choice)) return this.read(file, coordinates, choice);
    fileData.set({ name: file.name, file, coordinates, ...table });
    return true;
  }

  cancel(): void {
    if (this.state.get()?.progress) this.#worker?.restart();
    this.#turn++;
    this.state.set(null);
    this.asking.set(null);
  }

  /** All of the file, or what has to be asked; null if it is no longer wanted. */
  async #answer(
    file: File,
    coordinates: readonly string[],
    instruction: Instruction,
    turn: number,
  ): Promise<FileFrame | null> {
    this.#worker ??= dataWorker();
    const worker = this.#worker;
    const show = (share: number, rows: number) =>
      this.state.set({ name: file.name, progress: { share, rows }, problem: null });
    show(0, 0);
    await worker.call((api) => api.openFile(file, coordinates, instruction));
    for (;;) {
      const frame = await worker.call((api) => api.readFile(BUDGET));
      if (turn !== this.#turn) return null;
      if (frame.table || frame.question) return frame;
      show(frame.bytes / file.size, frame.rows);
    }
  }
}

function sameColumns(one: ColumnChoice, other: ColumnChoice): boolean {
  return one.weight === other.weight && one.columns.join() === other.columns.join();
}

export const fileImport = new FileImport();
