import { families } from '../src/catalog.ts';
import { previewOf } from '../src/core/datasets/preview.ts';
import type { DataApi } from '../src/core/protocol/data.ts';
import { learnedCvService } from './learned-cv-service.ts';
import { serve } from './serve.ts';
import { StatesFile } from './states-file.ts';

let open: StatesFile | undefined;

const api: DataApi<Blob> = {
  preview: (experiment, own) => previewOf(experiment, families, own),
  async openFile(file, coordinates, instruction) {
    open?.close();
    open = new StatesFile(file, coordinates, instruction);
  },
  async readFile(budgetMs) {
    if (!open) throw new Error('No file has been opened');
    const deadline = performance.now() + budgetMs;
    return open.read(() => performance.now() > deadline);
  },
};

serve(api, learnedCvService);
