/** Every distance of generated states from the exact distribution, each beside the same of as many exact states. */

import type { ConditionalDistribution, Grid, Points } from '../numerics/results.ts';
import type { Domain } from '../systems/contract.ts';
import { conditionalDistance, conditionError, coordinate, densityDivergence } from './comparison.ts';
import { energyDistance } from './energy-distance.ts';
import { type KolmogorovSmirnov, kolmogorovSmirnov } from './kolmogorov-smirnov.ts';
import { type Memorisation, memorisation } from './memorisation.ts';
import { slicedWasserstein } from './sliced-wasserstein.ts';
import { twoSampleScore } from './two-sample.ts';

/** Exact states, as many as generated ones. */
export interface ExactSamples {
  /** In the place of the generated ones, for the floor. */
  readonly floor: Points;
  /** What both are compared with. */
  readonly reference: Points;
}

export interface GeneratedMetrics {
  readonly js: number;
  readonly jsFloor: number;
  readonly energyDistance: number;
  readonly energyDistanceFloor: number;
  readonly slicedW1: number;
  readonly slicedW1Floor: number;
  readonly twoSample: number;
  readonly twoSampleFloor: number;
  readonly memorisation: Memorisation;
}

export function generatedMetrics(
  points: Points,
  { floor, reference }: ExactSamples,
  exact: { readonly cells: Grid; readonly domain: Domain },
  training: Points,
): GeneratedMetrics {
  const both = (distance: (states: Points) => number) => [distance(points), distance(floor)] as const;
  const [js, jsFloor] = both((states) => densityDivergence(states, exact.cells, exact.domain));
  const [energy, energyFloor] = both((states) => energyDistance(states, reference));
  const [sliced, slicedFloor] = both((states) => slicedWasserstein(states, reference));
  const [score, scoreFloor] = both((states) => twoSampleScore(states, reference));
  return {
    js,
    jsFloor,
    energyDistance: energy,
    energyDistanceFloor: energyFloor,
    slicedW1: sliced,
    slicedW1Floor: slicedFloor,
    twoSample: score,
    twoSampleFloor: scoreFloor,
    memorisation: memorisation(points, training, floor),
  };
}

export interface ConditionalMetrics {
  readonly w1: number;
  readonly w1Floor: number;
  /** The same in standard deviations of the exact distribution. */
  readonly standardised: { readonly w1: number; readonly w1Floor: number };
  readonly cvError: number;
  readonly ks: KolmogorovSmirnov;
  readonly energyDistance: number;
  readonly energyDistanceFloor: number;
}

/**
 * @param coordinates names, among which is that of the distribution
 * @param cv value of the slow variable at each state, and its period if it has one
 */
export function conditionalMetrics(
  points: Points,
  { floor, reference }: ExactSamples,
  distribution: ConditionalDistribution,
  coordinates: readonly string[],
  cv: { readonly values: ArrayLike<number>; readonly period?: number },
): ConditionalMetrics {
  const d = coordinates.indexOf(distribution.coordinate);
  const [w1, w1Floor] = [points, floor].map((states) => conditionalDistance(states, d, distribution));
  const deviation = Math.sqrt(distribution.variance);
  return {
    w1,
    w1Floor,
    standardised: { w1: w1 / deviation, w1Floor: w1Floor / deviation },
    cvError: conditionError(cv.values, distribution.at, cv.period),
    ks: kolmogorovSmirnov(coordinate(points, d), distribution),
    energyDistance: energyDistance(points, reference),
    energyDistanceFloor: energyDistance(floor, reference),
  };
}
