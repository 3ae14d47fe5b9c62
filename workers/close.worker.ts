import { families } from '../src/catalog.ts';
import { CloseRun } from '../src/core/coarse/close-run.ts';
import { CLOSE_BACKEND } from '../src/core/coarse/frame.ts';
import { closeSettingsOf } from '../src/core/coarse/settings.ts';
import type { CloseApi } from '../src/core/protocol/close.ts';
import { activate } from '../src/learn/backends.ts';
import { liftTrainer } from '../src/learn/lift-trainer.ts';
import { learnedCvService } from './learned-cv-service.ts';
import { runService } from './run-service.ts';
import { serve } from './serve.ts';

const api: CloseApi = runService(async (experiment) => {
  if (closeSettingsOf(experiment).lift === 'model') await activate(CLOSE_BACKEND);
  const run = new CloseRun(families, experiment, liftTrainer(families));
  return {
    advance: (_amount, outOfTime) => run.advance(outOfTime),
    // The run keeps what it shows.
    frame: () => structuredClone(run.frame()),
    dispose: () => run.dispose(),
  };
});

serve(api, learnedCvService);
