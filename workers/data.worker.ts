import { families } from '../src/catalog.ts';
import { previewOf } from '../src/core/datasets/preview.ts';
import type { DataApi } from '../src/core/protocol/data.ts';
import { CsvFile } from './csv-file.ts';
import { learnedCvService } from './learned-cv-service.ts';
import { serve } from './serve.ts';

let open: CsvFile | undefined;

const api: DataApi<Blob> = {
  preview: (experiment, own) => previewOf(experiment, families, own),
  async openFile(file, coordinates) {
    open?.close();
    open = new CsvFile(file, coordinates);
  },
  async readFile(budgetMs) {
    if (!open) throw new Error('No file has been opened');
    const deadline = performance.now() + budgetMs;
    return open.read(() => performance.now() > deadline);
  },
};

serve(api, learnedCvService);
