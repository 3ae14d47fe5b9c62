import type { Points } from '../numerics/results.ts';
import { distance, scaledRows } from './pairs.ts';

/** Pairs grow with the square: more states than this are thinned. */
const MOST_STATES = 2000;

/**
 * Energy distance 2 E|X - Y| - E|X - X'| - E|Y - Y'| of two samples (Szekely, Rizzo, J. Stat. Plan. Inference 143, 1249 (2013)),
 * in standard deviations of the reference. Pairs of a state with itself are left out, so that the mean is 0 for
 * equal distributions and values below 0 occur. At most 2000 states of each sample are compared.
 */
export function energyDistance(samples: Points, reference: Points): number {
  const x = scaledRows(samples, reference, MOST_STATES);
  const y = scaledRows(reference, reference, MOST_STATES);
  return 2 * meanBetween(x, y) - meanWithin(x) - meanWithin(y);
}

function meanBetween(x: readonly Float64Array[], y: readonly Float64Array[]): number {
  let sum = 0;
  for (const a of x) for (const b of y) sum += distance(a, b);
  return sum / (x.length * y.length);
}

function meanWithin(x: readonly Float64Array[]): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) for (let j = 0; j < i; j++) sum += distance(x[i], x[j]);
  return (2 * sum) / (x.length * (x.length - 1));
}
