import { families } from '../src/catalog.ts';
import { CoupleRun } from '../src/core/coupling/run.ts';
import type { BackendId } from '../src/core/generative/backends.ts';
import type { CoupleApi } from '../src/core/protocol/couple.ts';
import { settingOf } from '../src/core/systems/model.ts';
import { chooseBackend, trainingTimer } from '../src/learn/choice.ts';
import { CouplingTrainer, couplingArchitecture } from '../src/learn/coupling-trainer.ts';
import { BATCH } from '../src/learn/small-network.ts';
import { learnedCvService } from './learned-cv-service.ts';
import { serve } from './serve.ts';

let run: CoupleRun | undefined;
let seconds = 0;

const api: CoupleApi = {
  async start(experiment, arm, asked) {
    run?.dispose();
    const { path, params } = families.schedules.edm;
    const noise = path(
      Object.fromEntries(Object.entries(params).map(([name, spec]) => [name, spec.default])),
    );
    run = new CoupleRun(families, experiment, arm, (scale, seed) => new CouplingTrainer(scale, seed, noise));
    seconds = 0;
    if (!families.coupledMethods[arm].model?.trains) return null;
    return backendFor(asked, settingOf(experiment, families).model.dimension - 1);
  },
  async advance(budgetMs) {
    if (!run) throw new Error('No run has been started');
    const begin = performance.now();
    await run.advance(() => performance.now() > begin + budgetMs);
    seconds += (performance.now() - begin) / 1000;
    return { ...run.frame(), seconds };
  },
};

async function backendFor(asked: BackendId | 'auto', rests: number): Promise<BackendId> {
  const timer = trainingTimer(couplingArchitecture(rests), BATCH);
  return (await chooseBackend(asked, timer)).backend;
}

serve(api, learnedCvService);
