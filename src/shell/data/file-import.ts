/** Reads a file of states in a worker of its own. Whatever goes wrong, the data before stay. */
import type { DataApi } from '../../core/protocol/data.ts';
import { messageOf } from '../../text/index.ts';
import { Cancelled, type Remote } from '../runs/remote.ts';
import { Signal } from '../runs/signal.ts';
import { dataWorker } from '../runs/workers.ts';
import { fileData } from './own-data.ts';

const BUDGET = 200;

export interface Importing {
  readonly name: string;
  /** Share of the file that was read, 0 to 1, and rows found in it; null when it is over. */
  readonly progress: { readonly share: number; readonly rows: number } | null;
  /** What is wrong with the file; null while nothing is. */
  readonly problem: string | null;
}

export class FileImport {
  readonly state = new Signal<Importing | null>(null);
  #worker: Remote<DataApi<Blob>> | null = null;
  #turn = 0;

  /** @returns whether its states are now those of the page */
  async read(file: File, coordinates: readonly string[]): Promise<boolean> {
    this.cancel();
    this.#worker ??= dataWorker();
    const [worker, turn] = [this.#worker, ++this.#turn];
    const show = (rest: Omit<Importing, 'name'>) =>
      turn === this.#turn && this.state.set({ name: file.name, ...rest });
    show({ progress: { share: 0, rows: 0 }, problem: null });
    try {
      await worker.call((api) => api.openFile(file, coordinates));
      for (;;) {
        const { bytes, rows, table } = await worker.call((api) => api.readFile(BUDGET));
        if (turn !== this.#turn) return false;
        show({ progress: { share: bytes / file.size, rows }, problem: null });
        if (!table) continue;
        fileData.set({ name: file.name, coordinates, ...table });
        this.state.set(null);
        return true;
      }
    } catch (error) {
      if (!(error instanceof Cancelled)) show({ progress: null, problem: messageOf(error) });
      return false;
    }
  }

  cancel(): void {
    if (this.state.get()?.progress) this.#worker?.restart();
    this.#turn++;
    this.state.set(null);
  }
}

export const fileImport = new FileImport();
