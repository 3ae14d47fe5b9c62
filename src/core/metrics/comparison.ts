/** Generated states against exact distributions: the figures that the page, headless runs and tests report. */
import { shortest } from '../dynamics/bias-term.ts';
import { cellCounts } from '../estimators/histogram.ts';
import type { ConditionalDistribution, Grid, Points } from '../numerics/results.ts';
import { jensenShannon } from './jensen-shannon.ts';
import { wasserstein1 } from './wasserstein.ts';

/** Bins per direction of the histograms from which the Jensen-Shannon divergence is computed. */
export const DENSITY_BINS = 60;

type Domain = readonly (readonly [number, number])[];

/**
 * Jensen-Shannon divergence of states from exact cell probabilities over the domain. What lies outside the domain is
 * one more cell, so that straying states count.
 */
export function densityDivergence(points: Points, exact: Grid, domain: Domain): number {
  const counts = cellCounts(points, domain, exact.xs.length);
  return jensenShannon(withRest(counts, points.values.length / points.dimension), withRest(exact.values, 1));
}

/** Wasserstein-1 distance of coordinate `d` of the states from a conditional distribution, in the unit of the coordinate. */
export function conditionalDistance(
  points: Points,
  d: number,
  distribution: ConditionalDistribution,
): number {
  return wasserstein1(coordinate(points, d), distribution);
}

/** Root mean square distance of values from the asked one, along a ring the shorter way. */
export function conditionError(values: ArrayLike<number>, at: number, period?: number): number {
  let sum = 0;
  for (let n = 0; n < values.length; n++) sum += shortest(values[n] - at, period) ** 2;
  return Math.sqrt(sum / values.length);
}

export function coordinate({ dimension, values }: Points, d: number): Float64Array {
  return Float64Array.from({ length: values.length / dimension }, (_, n) => values[n * dimension + d]);
}

function withRest(values: Float64Array, total: number): Float64Array {
  const rest = total - values.reduce((a, b) => a + b, 0);
  return Float64Array.of(...values, Math.max(0, rest));
}

/** Means over exact states, natural logarithm. */
export interface LikelihoodComparison {
  readonly logLikelihood: number;
  readonly logLikelihoodExact: number;
  /** Standard error of the difference. */
  readonly logLikelihoodStderr: number;
}

/**
 * Log density that a model gives to exact states beside the exact one; the mean difference estimates the Kullback-Leibler
 * divergence of the model from the exact distribution.
 */
export function likelihoodComparison(model: Float64Array, exact: Float64Array): LikelihoodComparison {
  const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;
  const differences = model.map((value, n) => value - exact[n]);
  const shift = mean(differences);
  const variance = mean(differences.map((difference) => (difference - shift) ** 2));
  return {
    logLikelihood: mean(model),
    logLikelihoodExact: mean(exact),
    logLikelihoodStderr: Math.sqrt(variance / differences.length),
  };
}
