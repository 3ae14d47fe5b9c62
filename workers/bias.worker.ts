import { families } from '../src/catalog.ts';
import { BiasRun } from '../src/core/bias-run.ts';
import type { BiasApi } from '../src/core/protocol.ts';
import { restrainedSamples } from '../src/core/restrained.ts';
import { designEvaluations, designWindows } from '../src/core/window-design.ts';
import { knowing } from './knowing.ts';
import { serve } from './serve.ts';

let run: BiasRun | undefined;

const api: BiasApi = {
  async start(experiment) {
    run = new BiasRun(families, experiment);
  },
  async design(experiment) {
    return designWindows(families, experiment, designEvaluations(experiment));
  },
  async advance(budgetMs, forceEvaluations) {
    if (!run) throw new Error('No run has been started');
    const deadline = performance.now() + budgetMs;
    run.advance(forceEvaluations, () => performance.now() > deadline);
    return run.frame();
  },
  async restrain(experiment, at, forceEvaluations) {
    return restrainedSamples(families, experiment, at, forceEvaluations);
  },
};

serve(api, knowing);
