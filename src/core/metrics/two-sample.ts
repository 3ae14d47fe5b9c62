import type { Points } from '../numerics/results.ts';
import { distance, scaledRows } from './pairs.ts';

const MOST_STATES = 1000;
/** Neighbours that vote; odd, so that there is always a majority. */
const NEIGHBOURS = 15;

/**
 * Classifier two-sample score: how often the 15 nearest neighbours of a state, itself left out, tell from which of two
 * samples of equal size it comes (Lopez-Paz, Oquab, ICLR 2017, with the neighbours as the classifier). 0.5: the samples
 * cannot be told apart; 1: always. Its standard error is about 0.5 / sqrt(number of states), 0.011 for 1000 of each.
 */
export function twoSampleScore(samples: Points, reference: Points): number {
  const count = Math.min(
    MOST_STATES,
    samples.values.length / samples.dimension,
    reference.values.length / reference.dimension,
  );
  const x = scaledRows(samples, reference, count);
  const all = [...x, ...scaledRows(reference, reference, count)];
  let right = 0;
  const nearest = new Float64Array(NEIGHBOURS);
  const sides = new Int8Array(NEIGHBOURS);
  all.forEach((state, i) => {
    nearest.fill(Number.POSITIVE_INFINITY);
    all.forEach((other, j) => {
      if (j !== i) insert(nearest, sides, distance(state, other), j < count ? 1 : -1);
    });
    const vote = sides.reduce((sum, side) => sum + side, 0);
    if (vote > 0 === i < count) right++;
  });
  return right / all.length;
}

function insert(nearest: Float64Array, sides: Int8Array, value: number, side: number): void {
  let place = NEIGHBOURS - 1;
  if (value >= nearest[place]) return;
  for (; place > 0 && nearest[place - 1] > value; place--) {
    nearest[place] = nearest[place - 1];
    sides[place] = sides[place - 1];
  }
  nearest[place] = value;
  sides[place] = side;
}
