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
 * of modes are only roughly those of the conditional distribution. Several cvs: at, cv and g are vectors, v the matrix
 * ratio^2 g J g^T, and the step solves with it.
 */
import { arrayAlgebra } from '../array-batch.ts';
import type { BatchAlgebra, Denoiser } from '../contract.ts';
import type { Level } from './level.ts';

/** Step of the central difference along g, in units of the noise. */
const STEP = 0.02;
/**
 * v is at least this share of its value for standard normal data, |g|^2 ratio^2 / (1 + ratio^2): between modes that the
 * noise cannot bridge the derivative of D nearly vanishes.
 */
const LEAST_VARIANCE = 0.05;

/** Of one cv at clean states: g / |g|, and (cv - at) / |g| in every coordinate. */
export interface Toward<B> {
  readonly direction: B;
  readonly away: B;
}

/** What of guidance depends on where batches live. */
export interface Guide<B> {
  readonly algebra: BatchAlgebra<B>;
  /** How many cvs guide. */
  readonly count: number;
  towards(clean: B): readonly Toward<B>[];
  /** D' from D and from J g / |g| of each cv. */
  correct(clean: B, towards: readonly Pulled<B>[], by: Strength): B;
}

export type Pulled<B> = Toward<B> & { readonly pulled: B };

export interface Strength {
  readonly weight: number;
  readonly least: number;
}

/** Evaluations of the denoiser by a guided one. */
export function guidedEvaluations({ count }: Pick<Guide<unknown>, 'count'>): number {
  return 1 + 2 * count;
}

/** D'. */
export function guidedDenoiser<B>(denoiser: Denoiser<B>, guide: Guide<B>, weight = 1): Denoiser<B> {
  const { combine } = guide.algebra;
  return (y, ratio) => {
    const clean = denoiser(y, ratio);
    const h = STEP * ratio;
    const towards = guide.towards(clean).map(({ direction, away }) => {
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
      return { direction, away, pulled };
    });
    return guide.correct(clean, towards, { weight, least: LEAST_VARIANCE / (1 + ratio * ratio) });
  };
}

/** Guidance of batches of plain arrays. */
export function arrayGuide(levels: readonly Level[]): Guide<Float64Array> {
  return {
    algebra: arrayAlgebra,
    count: levels.length,
    towards: (clean) => levels.map((level) => towardLevel(level, clean)),
    correct(clean, towards, strength) {
      const { dimension } = levels[0];
      const out = clean.slice();
      for (let start = 0; start < clean.length; start += dimension) {
        const row = (batch: Float64Array) => batch.subarray(start, start + dimension);
        correctRow(
          row(out),
          towards.map(({ direction, away, pulled }) => ({
            direction: row(direction),
            away: away[start],
            pulled: row(pulled),
          })),
          strength,
        );
      }
      return out;
    },
  };
}

function towardLevel(level: Level, clean: Float64Array): Toward<Float64Array> {
  const { miss, slope } = level.misses(clean);
  const dimension = clean.length / miss.length;
  const lengths = miss.map((_, n) => norm(slope.subarray(n * dimension, (n + 1) * dimension)));
  const row = (i: number) => Math.floor(i / dimension);
  return {
    direction: slope.map((g, i) => finite(g / lengths[row(i)])),
    away: slope.map((_, i) => finite(miss[row(i)] / lengths[row(i)])),
  };
}

interface RowPull {
  readonly direction: Float64Array;
  readonly away: number;
  readonly pulled: Float64Array;
}

/** Elimination: the pull of each cv is freed of what would move those before it. */
function correctRow(out: Float64Array, pulls: readonly RowPull[], { weight, least }: Strength): void {
  const done: { direction: Float64Array; pulled: Float64Array; variance: number; step: number }[] = [];
  for (const { direction, away, pulled } of pulls) {
    const own = pulled.slice();
    let left = away;
    for (const before of done) {
      const share = dot(before.direction, own) / before.variance;
      own.forEach((_, d) => {
        own[d] -= share * before.pulled[d];
      });
      left -= before.step * dot(direction, before.pulled);
    }
    const variance = Math.max(dot(direction, own), least);
    const step = left / variance;
    out.forEach((_, d) => {
      out[d] -= weight * step * own[d];
    });
    done.push({ direction, pulled: own, variance, step });
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, v, d) => sum + v * b[d], 0);
}

function norm(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}

/** Where the cv has no slope there is no direction to go. */
function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
