/** What a model gives the coupled loop: rests of walkers to begin with, and proposals with the ratio of their densities. */

import type { Draws } from '../numerics/draws.ts';
import { normalQuantile } from '../numerics/normal.ts';
import type { ConditionalModel } from './model.ts';

/** cv of each walker, and its remaining coordinates, `[coordinate * walkers + walker]`. */
export interface Places {
  readonly cv: Float64Array;
  readonly rest: Float64Array;
}

export interface Proposal {
  /** As in `Places`. */
  readonly rest: Float64Array;
  /** Of each walker: log of the density of proposing the way back over that of the way there. */
  readonly logRatio: Float64Array;
}

/** Frozen: a new fit is a new proposer. */
export interface Proposer {
  /** Rests for walkers at these values of the cv, by the distribution of the model. */
  generate(cv: Float64Array, draws: Draws): Promise<Float64Array>;
  propose(places: Places, draws: Draws): Promise<Proposal>;
}

/** p(rest | cv) that can be drawn from and whose density is known, for one walker at a time. */
export interface RestDistribution {
  readonly dimension: number;
  draw(cv: number, draws: Draws): ArrayLike<number>;
  /** Natural logarithm of the density of what `draw` draws. */
  logDensity(cv: number, rest: Float64Array): number;
}

/** Proposes from the distribution wherever the walker is. */
export function independenceProposer(distribution: RestDistribution): Proposer {
  const drawn = (cv: Float64Array, draws: Draws) => {
    const rest = new Float64Array(distribution.dimension * cv.length);
    cv.forEach((value, w) => {
      const one = distribution.draw(value, draws);
      for (let d = 0; d < distribution.dimension; d++) rest[d * cv.length + w] = one[d];
    });
    return rest;
  };
  return {
    generate: async (cv, draws) => drawn(cv, draws),
    async propose({ cv, rest }, draws) {
      const proposed = drawn(cv, draws);
      const logDensity = (of: Float64Array, w: number) =>
        distribution.logDensity(
          cv[w],
          Float64Array.from({ length: distribution.dimension }, (_, d) => of[d * cv.length + w]),
        );
      return { rest: proposed, logRatio: cv.map((_, w) => logDensity(rest, w) - logDensity(proposed, w)) };
    },
  };
}

/** One remaining coordinate by its quantiles: begun with as evenly as can be. */
export function quantileProposer(model: ConditionalModel): Proposer {
  const distribution: RestDistribution = {
    dimension: 1,
    draw: (cv, draws) => [model.quantile(cv, draws.next())],
    logDensity: (cv, [rest]) => model.logDensity(cv, rest),
  };
  return {
    ...independenceProposer(distribution),
    async generate(cv, draws) {
      const levels = draws.stratified(cv.length);
      return cv.map((value, w) => model.quantile(value, levels[w]));
    },
  };
}

/** Draws from `defence` with probability `share`, else from `distribution`; the density is that of the mixture. */
export function mixedDistribution(
  distribution: RestDistribution,
  defence: RestDistribution,
  share: number,
): RestDistribution {
  return {
    dimension: distribution.dimension,
    draw: (cv, draws) => (draws.next() < share ? defence : distribution).draw(cv, draws),
    logDensity(cv, rest) {
      const terms = [
        Math.log(share) + defence.logDensity(cv, rest),
        Math.log(1 - share) + distribution.logDensity(cv, rest),
      ];
      // Densities in many coordinates leave the range of numbers.
      const largest = Math.max(...terms);
      return largest + Math.log(Math.exp(terms[0] - largest) + Math.exp(terms[1] - largest));
    },
  };
}

/**
 * Asks, with probability `share`, for the distribution at a value of the cv that is displaced by a normal number of this deviation: what is
 * known beside a walker is proposed to it too. Exact, for the displacement is drawn whatever the rest is, and the way back has
 * the same one.
 */
export function displacedProposer(proposer: Proposer, share: number, deviation: number): Proposer {
  return {
    generate: (cv, draws) => proposer.generate(cv, draws),
    propose({ cv, rest }, draws) {
      const asked = cv.map((value) =>
        draws.next() < share ? value + deviation * normalQuantile(draws.next()) : value,
      );
      return proposer.propose({ cv: asked, rest }, draws);
    },
  };
}
