/** States of the run of station Explore at equally spaced times. */
import { dataSettingsOf } from '../../generative/training-settings.ts';
import { Problem } from '../../message.ts';
import { SimulationRun } from '../../sampling/simulation.ts';
import type { Dataset } from '../../settings/families.ts';
import { settingOf } from '../../systems/model.ts';

const dataset: Dataset = {
  order: 3,
  dependsOn: ['start', 'integrator', 'step', 'simulation'],
  settings: ['start', 'walkers', 'time', 'integrator', 'integrator.*'],
  cost: (experiment) => (experiment.walkers * experiment.time) / experiment['integrator.dt'],
  async states(experiment, families) {
    const run = await SimulationRun.create(families, experiment);
    const { dimension } = settingOf(experiment, families).model;
    const count = dataSettingsOf(experiment).n;
    const snapshots = Math.min(run.totalSteps, Math.ceil(count / experiment.walkers));
    const kept = Math.min(count, snapshots * experiment.walkers);
    const values = new Float32Array(kept * dimension);
    for (let k = 1; k <= snapshots; k++) {
      await run.advance(Math.round((k * run.totalSteps) / snapshots) - run.step);
      const { divergence } = await run.frame();
      if (divergence) throw new Problem(divergence);
      const offset = (k - 1) * experiment.walkers * dimension;
      values.set((await run.positions()).subarray(0, values.length - offset), offset);
    }
    return { points: { dimension, values }, forceEvaluations: run.forceEvaluations, remarks: [] };
  },
};

export default dataset;
