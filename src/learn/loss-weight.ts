/** What the squared error counts at each noise level. */

import type { Path } from '../core/generative/contract.ts';
import { ratioAt } from '../core/generative/diffusion.ts';
import { preconditioning } from './preconditioning.ts';

/**
 * Weights of the squared error of the score, named as in `train.weighting`: `edm` makes that of the network's answer count the same
 * everywhere; `score` multiplies the error of the score by sigma^2, so that of the noise counts the same; `likelihood` by
 * g^2, which with a uniform distribution of t bounds the log-likelihood (Song, Durkan, Murray, Ermon, 2021, arXiv 2101.09258).
 */
export type Weighting = 'edm' | 'score' | 'likelihood';

/** Cells of the quadrature over u of t = trainingTime(z(u)). */
const CELLS = 2000;
/** Range of the normal numbers over which the mean is taken. */
const REACH = 5;

/**
 * Factor of the squared error of the network's answer F at time t, with mean 1 under the distribution of t in training, so that a
 * network that answers zero still has loss 1. Null for `edm`, where it is 1.
 *
 * |error of the score|^2 = (alpha / sigma^2)^2 |error of D|^2 and |error of D| = cOut |error of F|.
 */
export function lossWeight(path: Path, weighting: Weighting): ((t: number) => number) | null {
  if (weighting === 'edm') return null;
  const raw = (t: number) => {
    const ofScore = (path.alpha(t) / path.sigma(t) ** 2) * preconditioning(ratioAt(path, t)).cOut;
    const amplitude = weighting === 'score' ? path.sigma(t) : path.diffusion(t);
    return (amplitude * ofScore) ** 2;
  };
  const mean = meanUnderTraining(path, raw);
  return (t) => raw(t) / mean;
}

function meanUnderTraining(path: Path, value: (t: number) => number): number {
  let [sum, mass] = [0, 0];
  for (let i = 0; i < CELLS; i++) {
    const z = REACH * ((2 * i + 1) / CELLS - 1);
    const p = Math.exp((-z * z) / 2);
    sum += p * value(path.trainingTime(z));
    mass += p;
  }
  return sum / mass;
}
