import { families } from '../src/catalog.ts';
import type { SimulateApi } from '../src/core/protocol/simulate.ts';
import { SimulationRun } from '../src/core/sampling/simulation.ts';
import { chosenEngine } from './engine-choice.ts';
import { learnedCvService } from './learned-cv-service.ts';
import { runService } from './run-service.ts';
import { serve } from './serve.ts';

const api: SimulateApi = runService(({ experiment, cores }) =>
  SimulationRun.create(families, experiment, chosenEngine(cores)),
);

serve(api, learnedCvService);
