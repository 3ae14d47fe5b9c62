import type { Points } from '../numerics/results.ts';
import { distance, scaledRows } from './pairs.ts';

const MOST_STATES = 500;
const MOST_TRAINING = 50_000;

export interface Memorisation {
  /** Median distance of a generated state to the nearest training state, in standard deviations of the data. */
  readonly generated: number;
  /** The same for states that the model never saw. */
  readonly fresh: number;
  /**
   * Share of generated states that lie nearer to a training state than the nearest tenth of the fresh ones: 0.1 for a model that
   * has learned the distribution, towards 1 for one that repeats its data.
   */
  readonly share: number;
}

/**
 * Does a model repeat its training states? @param fresh states of the true distribution that were not trained on
 */
export function memorisation(generated: Points, training: Points, fresh: Points): Memorisation {
  const known = scaledRows(training, training, MOST_TRAINING);
  const nearest = (points: Points) =>
    Float64Array.from(scaledRows(points, training, MOST_STATES), (state) =>
      known.reduce((least, other) => Math.min(least, distance(state, other)), Number.POSITIVE_INFINITY),
    ).sort();
  const [ofGenerated, ofFresh] = [nearest(generated), nearest(fresh)];
  const threshold = ofFresh[Math.floor(ofFresh.length / 10)];
  return {
    generated: ofGenerated[Math.floor(ofGenerated.length / 2)],
    fresh: ofFresh[Math.floor(ofFresh.length / 2)],
    share: ofGenerated.filter((value) => value < threshold).length / ofGenerated.length,
  };
}
