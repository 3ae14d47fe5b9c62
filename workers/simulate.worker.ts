import { families } from '../src/catalog.ts';
import type { Experiment } from '../src/core/params/experiment.ts';
import type { SimulateApi } from '../src/core/protocol/simulate.ts';
import { SimulationRun } from '../src/core/sampling/simulation.ts';
import { chosenEngine } from './engine-choice.ts';
import { learnedCvService } from './learned-cv-service.ts';
import { serve } from './serve.ts';

let run: SimulationRun | undefined;

function current(): SimulationRun {
  if (!run) throw new Error('No simulation has been started');
  return run;
}

const api: SimulateApi = {
  async start(experiment: Experiment, cores = navigator.hardwareConcurrency) {
    run = await SimulationRun.create(families, experiment, chosenEngine(cores));
  },
  async advance(budgetMs, steps) {
    const deadline = performance.now() + budgetMs;
    await current().advance(steps, () => performance.now() > deadline);
    return current().frame();
  },
  async patch(experiment) {
    await current().patch(experiment);
  },
  async place(walker, at) {
    await current().place(walker, at);
  },
};

serve(api, learnedCvService);
