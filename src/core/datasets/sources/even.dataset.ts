/** Exact states with every value of the slow variable alike: what a conditional model would like to learn from. */

import { sampleChain } from '../../exact/chain-distributions.ts';
import { exactDensity } from '../../exact/density.ts';
import { conditionalDistribution } from '../../exact/free-energy.ts';
import { LevelDistribution } from '../../exact/level-distribution.ts';
import { sampleDistribution } from '../../exact/sample.ts';
import { dataSettingsOf } from '../../generative/training-settings.ts';
import { RandomStream } from '../../numerics/random.ts';
import type { Experiment } from '../../params/experiment.ts';
import type { Dataset, Families, TrainingStates } from '../../settings/families.ts';
import { type Setting, settingOf } from '../../systems/model.ts';

/** Values of the slow variable at which distributions are made; those of levels cost a search of the plane each. */
const VALUES_OF_COORDINATE = 1000;
const VALUES_OF_LEVEL = 100;

type Draw = (at: number, count: number, stream: RandomStream) => Float32Array;

/**
 * `data.n` states, as many at each of many values across the range of the slow variable, each from the exact distribution given that
 * value. @throws Error where that distribution is not known
 */
function states(experiment: Experiment, families: Families): TrainingStates {
  const setting = settingOf(experiment, families);
  const [low, high] = setting.cv.range;
  const { dimension } = setting.model;
  const count = dataSettingsOf(experiment).n;
  const values = Math.min(count, setting.cvCoordinate < 0 ? VALUES_OF_LEVEL : VALUES_OF_COORDINATE);
  const draw = drawer(setting);
  const rows = new Float32Array(count * dimension);
  for (let k = 0; k < values; k++) {
    const [first, end] = [Math.floor((k * count) / values), Math.floor(((k + 1) * count) / values)];
    const at = low + ((high - low) * (k + 0.5)) / values;
    const stream = new RandomStream(experiment.seed, `data at value ${k}`);
    rows.set(draw(at, end - first, stream), first * dimension);
  }
  return { points: { dimension, values: rows }, forceEvaluations: 0, remarks: [] };
}

function drawer(setting: Setting): Draw {
  const { model, kT, cvCoordinate } = setting;
  if (model.system.chain) return (at, count, stream) => sampleChain(setting, count, stream, at).values;
  const density = exactDensity(model, kT);
  if (cvCoordinate < 0)
    return (at, count, stream) => new LevelDistribution(setting, density, at).sample(count, stream).values;
  return (at, count, stream) => {
    const { x, density: distribution } = conditionalDistribution(setting, density, at);
    const other = sampleDistribution(x, distribution, count, stream);
    const states = new Float32Array(2 * count).fill(at);
    for (let n = 0; n < count; n++) states[2 * n + 1 - cvCoordinate] = other[n];
    return states;
  };
}

const dataset: Dataset = { order: 2, dependsOn: ['variable'], states };

export default dataset;
