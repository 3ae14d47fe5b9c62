import { families } from '../src/catalog.ts';
import type { CloseApi } from '../src/core/coarse/close-protocol.ts';
import { CloseRun } from '../src/core/coarse/close-run.ts';
import { serve } from './serve.ts';

let run: CloseRun | undefined;

const api: CloseApi = {
  async start(experiment) {
    run = new CloseRun(families, experiment);
  },
  async advance(budgetMs) {
    if (!run) throw new Error('No run has been started');
    const deadline = performance.now() + budgetMs;
    run.advance(() => performance.now() > deadline);
    return structuredClone(run.frame());
  },
};

serve(api);
