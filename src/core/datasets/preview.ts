/** What the page shows of training data before a model is trained on them. */

import type { Message } from '../message.ts';
import { takeRows } from '../numerics/layout.ts';
import { RandomStream } from '../numerics/random.ts';
import type { Points } from '../numerics/results.ts';
import type { Experiment } from '../params/experiment.ts';
import { isConditional } from '../params/station.ts';
import type { Families } from '../settings/families.ts';
import { settingOf } from '../systems/model.ts';
import { drawOnce } from './draw.ts';
import { missedRemark, missedWells } from './missed.ts';
import { trainingData } from './training-data.ts';

/** States in the picture at most. */
const SHOWN = 3000;

export interface DataPreview {
  /** A random sample of the states. */
  readonly shown: Points;
  readonly count: number;
  /** Least and largest value of each coordinate. */
  readonly ranges: readonly (readonly [number, number])[];
  /** Share of the states outside the plotted domain. */
  readonly outside: number;
  readonly forceEvaluations: number;
  /** What no model can know from these data; null if there is nothing to say. */
  readonly missed: Message | null;
  readonly remarks: readonly Message[];
}

/** @throws Problem that says why there are no data */
export async function previewOf(
  experiment: Experiment,
  families: Families,
  own: Float32Array | null,
): Promise<DataPreview> {
  const { points, forceEvaluations, remarks } = await trainingData(experiment, families, own);
  const { model, kT } = settingOf(experiment, families);
  const { dimension, values } = points;
  const count = values.length / dimension;
  const rows = drawOnce(count, SHOWN, new RandomStream(0, 'shown states'));
  const { isEquilibrium } = families.datasets[experiment.data];
  const known = model.energyNode !== null && dimension <= 2 && !isEquilibrium;
  const missed = known ? missedWells(model, kT, points) : null;
  // A distribution given the slow variable does not depend on how many states each well has.
  const told = missed && (isConditional(experiment, families) ? { ...missed, rare: null } : missed);
  return {
    shown: { dimension, values: takeRows(values, dimension, rows) },
    count,
    ranges: rangesOf(points),
    outside: outsideShare(points, model.system.domain),
    forceEvaluations,
    missed: told && missedRemark(told),
    remarks,
  };
}

function rangesOf({ dimension, values }: Points): [number, number][] {
  return Array.from({ length: dimension }, (_, d) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = d; i < values.length; i += dimension) {
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
    return [low, high];
  });
}

function outsideShare({ dimension, values }: Points, domain: readonly (readonly [number, number])[]): number {
  let outside = 0;
  for (let i = 0; i < values.length; i += dimension)
    if (domain.some(([low, high], d) => values[i + d] < low || values[i + d] > high)) outside++;
  return (outside * dimension) / values.length;
}
