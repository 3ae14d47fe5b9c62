import { families } from '../src/catalog.ts';
import { CoupleRun } from '../src/core/coupling/run.ts';
import type { BackendId } from '../src/core/generative/backends.ts';
import type { Experiment } from '../src/core/params/experiment.ts';
import type { CoupleApi } from '../src/core/protocol/couple.ts';
import { settingOf } from '../src/core/systems/model.ts';
import { chooseBackend, trainingTimer } from '../src/learn/choice.ts';
import { CouplingTrainer, couplingArchitecture } from '../src/learn/coupling-trainer.ts';
import { BATCH } from '../src/learn/small-network.ts';
import { learnedCvService } from './learned-cv-service.ts';
import { runService } from './run-service.ts';
import { serve } from './serve.ts';

const api: CoupleApi = runService(async ({ experiment, method, backend: asked }) => {
  const { path, params } = families.schedules.edm;
  const noise = path(Object.fromEntries(Object.entries(params).map(([name, spec]) => [name, spec.default])));
  const trainerOf = (scale: ConstructorParameters<typeof CouplingTrainer>[0], seed: number) =>
    new CouplingTrainer(scale, seed, noise);
  const run = new CoupleRun(families, experiment, method, trainerOf);
  const backend = families.coupledMethods[method].model?.trains ? await backendFor(asked, experiment) : null;
  let seconds = 0;
  return {
    async advance(_amount, outOfTime) {
      const begin = performance.now();
      await run.advance(outOfTime);
      seconds += (performance.now() - begin) / 1000;
    },
    frame: () => ({ ...run.frame(), backend, seconds }),
    dispose: () => run.dispose(),
  };
});

async function backendFor(asked: BackendId | 'auto', experiment: Experiment): Promise<BackendId> {
  const rests = settingOf(experiment, families).model.dimension - 1;
  const timer = trainingTimer(couplingArchitecture(rests), BATCH);
  return (await chooseBackend(asked, timer)).backend;
}

serve(api, learnedCvService);
