import { families } from '../src/catalog.ts';
import type { BiasApi } from '../src/core/protocol/bias.ts';
import { restrainedSamples } from '../src/core/sampling/restrained.ts';
import { BiasRun } from '../src/core/sampling/run.ts';
import { designEvaluations, designWindows } from '../src/core/sampling/window-design/design.ts';
import { learnedCvService } from './learned-cv-service.ts';
import { runService } from './run-service.ts';
import { serve } from './serve.ts';

const api: BiasApi = {
  ...runService((experiment) => new BiasRun(families, experiment)),
  async design(experiment) {
    return designWindows(families, experiment, designEvaluations(experiment));
  },
  async restrain(experiment, at, forceEvaluations) {
    return restrainedSamples(families, experiment, at, forceEvaluations);
  },
};

serve(api, learnedCvService);
