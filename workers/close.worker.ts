import { families } from '../src/catalog.ts';
import { CloseRun } from '../src/core/coarse/close-run.ts';
import { CLOSE_BACKEND } from '../src/core/coarse/frame.ts';
import { learnedSteps } from '../src/core/coarse/map/learned.ts';
import { closeSettingsOf } from '../src/core/coarse/settings.ts';
import type { CloseApi } from '../src/core/protocol/close.ts';
import { activate } from '../src/learn/backends.ts';
import { liftTrainer } from '../src/learn/lift-trainer.ts';
import { learnedCvService } from './learned-cv-service.ts';
import { serve } from './serve.ts';

let run: CloseRun | undefined;
let learning: ReturnType<typeof learnedSteps> | undefined;

const api: CloseApi = {
  async start(experiment) {
    run?.dispose();
    if (closeSettingsOf(experiment).lift === 'model') await activate(CLOSE_BACKEND);
    run = new CloseRun(families, experiment, liftTrainer(families));
  },
  async startLearning(experiment) {
    learning = learnedSteps(families, experiment);
  },
  async learn() {
    if (!learning) throw new Error('No coordinate is being learned');
    const { done, value } = learning.next();
    return done ? { phase: 'done', share: 1, coordinate: value } : { ...value, coordinate: null };
  },
  async advance(budgetMs) {
    if (!run) throw new Error('No run has been started');
    const deadline = performance.now() + budgetMs;
    await run.advance(() => performance.now() > deadline);
    return structuredClone(run.frame());
  },
};

serve(api, learnedCvService);
