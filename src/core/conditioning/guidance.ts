/**
 * Reconstruction guidance of an unconditional denoiser by a collective variable: the likelihood of the asked value given
 * the noised state is modelled as N(at; cv(D(y)), v), whose score is added to that of the density (Ho et al., NeurIPS 35
 * (2022), arXiv 2204.03458; Chung et al., ICLR 2023, arXiv 2209.14687):
 *
 *   D'(y) = D(y) - weight ratio^2 grad_y (cv(D(y)) - at)^2 / (2 v) = D(y) - weight ratio^2 J g (cv(D(y)) - at) / v,
 *
 * J the derivative of D by y (symmetric for any exact denoiser), g the gradient of the cv at D(y). The scale is
 * v = ratio^2 g.Jg, the variance that the cv has given y to first order, as ratio^2 J is the covariance of x0 given y. So
 * one step of Newton's method brings cv(D') to the asked value. Exact for Gaussian data and a linear cv; else the weights
 * of modes are only roughly those of the conditional law.
 */
import { arrayAlgebra } from '../array-batch.ts';
import type { BatchAlgebra, Denoiser } from '../families.ts';
import type { Level } from './level.ts';

/** Step of the central difference along g, in units of the noise. */
const STEP = 0.02;
/**
 * v is at least this share of its value for standard normal data, |g|^2 ratio^2 / (1 + ratio^2): between modes that the
 * noise cannot bridge the derivative of D nearly vanishes.
 */
const LEAST_VARIANCE = 0.05;

/** What of guidance depends on where batches live. */
export interface Guide<B> {
  readonly algebra: BatchAlgebra<B>;
  /** At clean states: g / |g|, and (cv - at) / |g| in every coordinate. */
  towards(clean: B): { readonly direction: B; readonly away: B };
  /** clean - weight away pulled / max(direction.pulled, least), row by row. */
  correct(clean: B, toward: { readonly direction: B; readonly away: B; readonly pulled: B }, by: Strength): B;
}

export interface Strength {
  readonly weight: number;
  readonly least: number;
}

/** D'. Each evaluation costs three of the denoiser. */
export function guidedDenoiser<B>(denoiser: Denoiser<B>, guide: Guide<B>, weight = 1): Denoiser<B> {
  const { combine } = guide.algebra;
  return (y, ratio) => {
    const clean = denoiser(y, ratio);
    const { direction, away } = guide.towards(clean);
    const h = STEP * ratio;
    const moved = (step: number) =>
      denoiser(
        combine([
          [1, y],
          [step, direction],
        ]),
        ratio,
      );
    const pulled = combine([
      [1 / (2 * h), moved(h)],
      [-1 / (2 * h), moved(-h)],
    ]);
    const least = LEAST_VARIANCE / (1 + ratio * ratio);
    return guide.correct(clean, { direction, away, pulled }, { weight, least });
  };
}

/** Guidance of batches of plain arrays. */
export function arrayGuide(level: Level): Guide<Float64Array> {
  return {
    algebra: arrayAlgebra,
    towards(clean) {
      const { miss, slope } = level.misses(clean);
      const dimension = clean.length / miss.length;
      const lengths = miss.map((_, n) => norm(slope.subarray(n * dimension, (n + 1) * dimension)));
      const row = (i: number) => Math.floor(i / dimension);
      return {
        direction: slope.map((g, i) => finite(g / lengths[row(i)])),
        away: slope.map((_, i) => finite(miss[row(i)] / lengths[row(i)])),
      };
    },
    correct(clean, { direction, away, pulled }, { weight, least }) {
      const dimension = level.dimension;
      const out = clean.slice();
      for (let start = 0; start < clean.length; start += dimension) {
        let variance = 0;
        for (let i = start; i < start + dimension; i++) variance += direction[i] * pulled[i];
        for (let i = start; i < start + dimension; i++)
          out[i] -= (weight * away[i] * pulled[i]) / Math.max(variance, least);
      }
      return out;
    },
  };
}

function norm(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, v) => sum + v * v, 0));
}

/** Where the cv has no slope there is no direction to go. */
function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
