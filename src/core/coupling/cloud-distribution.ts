/** The data nearest to nodes of the cv as a distribution of several remaining coordinates: one Gaussian, or a kernel about each of them. */

import type { Draws } from '../numerics/draws.ts';
import { normalQuantile } from '../numerics/normal.ts';
import type { Pairs } from './model-source.ts';
import { nearFinder } from './near.ts';
import type { RestDistribution } from './proposer.ts';
import { Spread } from './spread.ts';

/** What the data near a node say there. */
interface Cloud {
  readonly node: number;
  readonly slopes: Float64Array;
  /** Row after row. */
  readonly centres: Float64Array;
  readonly spread: Spread;
  /** L^-1 centre, row after row. */
  readonly white: Float64Array;
}

/** One Gaussian at each node, with the mean and the covariance of the `count` nearest data. */
export function gaussianDistribution(data: Pairs, nodes: Float64Array, count: number): RestDistribution {
  return cloudDistribution(data, nodes, count, (rests, d) => ({
    centres: meanOf(rests, d),
    spread: Spread.of(rests, d),
  }));
}

/**
 * A Gaussian about each of the `count` data nearest to a node, of their widths times (4 / (n (d + 2)))^(1 / (d + 4)) (Silverman,
 * Density Estimation, 1986, eq. 4.14).
 */
export function kernelDistribution(data: Pairs, nodes: Float64Array, count: number): RestDistribution {
  return cloudDistribution(data, nodes, count, (rests, d) => {
    const thumb = (4 / ((rests.length / d) * (d + 2))) ** (1 / (d + 4));
    return { centres: rests, spread: Spread.of(rests, d, thumb) };
  });
}

/** The same normal distribution of independent coordinates whatever the cv. */
export function normalDistribution(
  means: readonly number[],
  deviations: readonly number[],
): RestDistribution {
  const dimension = means.length;
  const covariance = new Float64Array(dimension ** 2);
  deviations.forEach((deviation, k) => {
    covariance[k * dimension + k] = deviation ** 2;
  });
  const spread = new Spread(dimension, covariance);
  const cloud = cloudAt(0, {
    slopes: new Float64Array(dimension),
    centres: Float64Array.from(means),
    spread,
  });
  return lawOf([cloud]);
}

function cloudDistribution(
  data: Pairs,
  nodes: Float64Array,
  count: number,
  shape: (rests: Float64Array, dimension: number) => Pick<Cloud, 'centres' | 'spread'>,
): RestDistribution {
  const dimension = data.rest.length / data.cv.length;
  const near = nearFinder(data);
  const clouds = Array.from(nodes, (node) => {
    const { rests, slopes } = near(node, count);
    return cloudAt(node, { slopes, ...shape(rests, dimension) });
  });
  return lawOf(clouds);
}

function cloudAt(node: number, cloud: Pick<Cloud, 'slopes' | 'centres' | 'spread'>): Cloud {
  const { centres, spread } = cloud;
  const white = new Float64Array(centres.length);
  for (let at = 0; at < centres.length; at += spread.dimension)
    white.set(spread.whitened(centres.subarray(at, at + spread.dimension)), at);
  return { node, ...cloud, white };
}

function lawOf(clouds: readonly Cloud[]): RestDistribution {
  return {
    dimension: clouds[0].spread.dimension,
    draw: (cv, draws) => drawn(nearest(clouds, cv), cv, draws),
    logDensity: (cv, rest) => logDensity(nearest(clouds, cv), cv, rest),
  };
}

function drawn({ node, slopes, centres, spread }: Cloud, cv: number, draws: Draws): Float64Array {
  const { dimension: d } = spread;
  const from = d * Math.floor(draws.next() * (centres.length / d));
  const rest = slopes.map((slope, k) => centres[from + k] + slope * (cv - node));
  spread.disturb(
    rest,
    0,
    slopes.map(() => normalQuantile(draws.next())),
  );
  return rest;
}

function logDensity({ node, slopes, white, spread }: Cloud, cv: number, rest: Float64Array): number {
  const { dimension: d } = spread;
  const at = spread.whitened(rest.map((value, k) => value - slopes[k] * (cv - node)));
  const exponents = Float64Array.from({ length: white.length / d }, (_, n) => {
    let sum = 0;
    for (let k = 0; k < d; k++) sum += (at[k] - white[n * d + k]) ** 2;
    return -sum / 2;
  });
  const largest = exponents.reduce((a, b) => Math.max(a, b));
  const sum = exponents.reduce((total, exponent) => total + Math.exp(exponent - largest), 0);
  return largest + Math.log(sum / exponents.length) + spread.logScale - (d / 2) * Math.log(2 * Math.PI);
}

/** A function of the cv alone, which a move leaves as it is. */
function nearest(clouds: readonly Cloud[], cv: number): Cloud {
  return clouds.reduce((best, one) => (Math.abs(one.node - cv) < Math.abs(best.node - cv) ? one : best));
}

function meanOf(rows: Float64Array, dimension: number): Float64Array {
  const mean = new Float64Array(dimension);
  rows.forEach((value, i) => {
    mean[i % dimension] += (value * dimension) / rows.length;
  });
  return mean;
}
