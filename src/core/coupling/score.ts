/** How far a method is from the truth. */

import type { ConditionalDistribution, FreeEnergy } from '../numerics/results.ts';
import { binCenters } from '../numerics/results.ts';
import { COUPLE_BINS, type ConditionalVisits } from './recorder.ts';

/** Points in each bin at which the exact F is asked for. */
const POINTS = 9;

export const REFERENCE_POINTS = POINTS * COUPLE_BINS;

/** Exact F of the bins, -log of the integral over each, from F at the centres of `REFERENCE_POINTS` equal parts; minimum 0. */
export function binIntegrated({ cv, F }: FreeEnergy): FreeEnergy {
  const half = (cv[1] - cv[0]) / 2;
  const centers = binCenters(cv[0] - half, cv[cv.length - 1] + half, COUPLE_BINS);
  const integrated = centers.map((_, bin) => {
    const part = F.subarray(bin * POINTS, (bin + 1) * POINTS);
    const lowest = part.reduce((a, b) => Math.min(a, b));
    return lowest - Math.log(part.reduce((sum, value) => sum + Math.exp(lowest - value), 0) / POINTS);
  });
  const lowest = integrated.reduce((a, b) => Math.min(a, b));
  return { cv: centers, F: integrated.map((value) => value - lowest) };
}

export interface ConditionalError {
  readonly at: number;
  readonly visits: number;
  /** Total variation distance of the cells from the exact distribution, and Wasserstein-1 distance; null without visits. */
  readonly tv: number | null;
  readonly w1: number | null;
}

/** @param distribution exact, at the same value of the cv */
export function conditionalErrorOf(
  { at, range, counts }: ConditionalVisits,
  distribution: ConditionalDistribution,
): ConditionalError {
  const visits = counts.reduce((a, b) => a + b, 0);
  if (visits === 0) return { at, visits, tv: null, w1: null };
  const exact = cellShares(distribution, range, counts.length);
  const width = (range[1] - range[0]) / counts.length;
  let [tv, w1, ahead] = [0, 0, 0];
  counts.forEach((count, cell) => {
    const difference = count / visits - exact[cell];
    tv += Math.abs(difference) / 2;
    ahead += difference;
    w1 += Math.abs(ahead) * width;
  });
  return { at, visits, tv, w1 };
}

function cellShares(
  { x, density }: ConditionalDistribution,
  [low, high]: readonly [number, number],
  cells: number,
): Float64Array {
  const shares = new Float64Array(cells);
  const h = x[1] - x[0];
  // The nodes are much closer than the cells are wide; each is spread over its own stretch.
  x.forEach((value, i) => {
    const from = ((value - h / 2 - low) / (high - low)) * cells;
    const to = ((value + h / 2 - low) / (high - low)) * cells;
    for (let cell = Math.max(0, Math.floor(from)); cell < Math.min(cells, to); cell++)
      shares[cell] += (density[i] * h * (Math.min(to, cell + 1) - Math.max(from, cell))) / (to - from);
  });
  return shares;
}
