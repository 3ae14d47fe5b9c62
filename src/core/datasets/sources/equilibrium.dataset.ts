/** Exact, independent samples of equilibrium. */
import { sampleChain } from '../../exact/chain-distributions.ts';
import { exactDensity } from '../../exact/density.ts';
import { sampleEquilibrium } from '../../exact/sample.ts';
import { dataSettingsOf } from '../../generative/training-settings.ts';
import { RandomStream } from '../../numerics/random.ts';
import type { Dataset } from '../../settings/families.ts';
import { settingOf } from '../../systems/model.ts';

const dataset: Dataset = {
  order: 1,
  isEquilibrium: true,
  dependsOn: [],
  states(experiment, families) {
    const setting = settingOf(experiment, families);
    const { model, kT } = setting;
    const stream = new RandomStream(experiment.seed, 'data');
    const count = dataSettingsOf(experiment).n;
    const points = model.system.chain
      ? sampleChain(setting, count, stream)
      : sampleEquilibrium(exactDensity(model, kT), count, stream);
    return { points, forceEvaluations: 0, remarks: [] };
  },
};

export default dataset;
