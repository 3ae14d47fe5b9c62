/** What a model is trained on. */
import type { Experiment } from '../params/experiment.ts';
import type { Families, TrainingStates } from '../settings/families.ts';
import { settingOf } from '../systems/model.ts';
import { cvOfStates } from './cv-of-states.ts';

export interface TrainingData extends TrainingStates {
  /** Slow variable of each point. */
  readonly cv: Float32Array;
  readonly cvRange: readonly [number, number];
}

/**
 * Training states of an experiment from its source: a pure function of the experiment and of what a person brings.
 * @param own states of a file or drawn by hand, row by row
 * @throws Problem that says why there are none
 */
export async function trainingData(
  experiment: Experiment,
  families: Families,
  own: Float32Array | null = null,
): Promise<TrainingData> {
  const source = await families.datasets[experiment.data].states(experiment, families, own);
  const cv = cvOfStates(source.points, settingOf(experiment, families));
  const cvRange = cv.reduce<[number, number]>(
    ([low, high], v) => [Math.min(low, v), Math.max(high, v)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  return { ...source, cv, cvRange };
}
