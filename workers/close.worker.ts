import { families } from '../src/catalog.ts';
import { CloseRun } from '../src/core/coarse/close-run.ts';
import { CLOSE_BACKEND } from '../src/core/coarse/frame.ts';
import { learnedSteps } from '../src/core/coarse/map/learned.ts';
import { message } from '../src/core/coarse/messages.ts';
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
    if (!learning) throw new Error('not learning');
    const { done, value } = learning.next();
    return {
      phase: message('phase-learned', { stage: done ? 'table' : value.stage }),
      share: done ? 1 : value.share,
      coordinate: done ? value : null,
    };
  },
  async advance(budgetMs) {
    if (!run) throw new Error('no run');
    const deadline = performance.now() + budgetMs;
    await run.advance(() => performance.now() > deadline);
    return structuredClone(run.frame());
  },
};

serve(api, learnedCvService);
