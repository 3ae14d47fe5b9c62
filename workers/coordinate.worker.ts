import { families } from '../src/catalog.ts';
import type { LearnedProgress } from '../src/core/coarse/frame.ts';
import { learnedSteps } from '../src/core/coarse/map/learned.ts';
import { message } from '../src/core/coarse/messages.ts';
import type { CoordinateApi } from '../src/core/protocol/coordinate.ts';
import { runService } from './run-service.ts';
import { serve } from './serve.ts';

const api: CoordinateApi = runService((experiment) => {
  const steps = learnedSteps(families, experiment);
  let progress: LearnedProgress = {
    ...{ phase: message('phase-preparing', {}), share: 0, coordinate: null, done: false },
  };
  return {
    advance() {
      const { done, value } = steps.next();
      progress = {
        phase: message('phase-learned', { stage: done ? 'table' : value.stage }),
        share: done ? 1 : value.share,
        coordinate: done ? value : null,
        done: done === true,
      };
    },
    frame: () => progress,
  };
});

serve(api);
