/**
 * Reconstruction guidance of an unconditional denoiser by a collective variable: the likelihood of the asked value given the
 * noised state is modelled as N(at; cv(D(y)), v), whose score is added to that of the density (Ho et al.,
 * NeurIPS 35 (2022), arXiv 2204.03458; Chung et al., ICLR 2023, arXiv 2209.14687):
 *
 *   D'(y) = D(y) - weight ratio^2 grad_y (cv(D(y)) - at)^2 / (2 v) = D(y) - weight ratio^2 J^T g miss / v,
 *
 * J the derivative of D by y, g the gradient of the cv at D(y). The scale: v = ratio^2 g^T J g, the variance that the cv has
 * given y, as ratio^2 J is the covariance of x0 given y (the second of Tweedie's formulas). Exact for Gaussian data
 * and a linear cv; else weights of modes are only roughly those of the conditional law.
 */
import type { Denoiser } from '../families.ts';
import type { Level } from './level.ts';

/** Step of the derivative of D along g, in units of the noise. */
const STEP = 0.02;

/**
 * v / ratio^2 is at least this share of its value for standard normal data, |g|^2 / (1 + ratio^2): between modes
 * that noise cannot bridge the derivative of D nearly vanishes.
 */
export const LEAST_VARIANCE = 0.05;

/** D' on plain arrays, for a denoiser whose derivative is symmetric (any exact one): two more evaluations of it each time. */
export function guidedDenoiser(
  denoiser: Denoiser<Float64Array>,
  level: Level,
  weight = 1,
): Denoiser<Float64Array> {
  return (y, ratio) => {
    const clean = denoiser(y, ratio);
    const { miss, slope } = level.misses(clean);
    const pulled = derivativeAlong(denoiser, y, slope, ratio);
    const dimension = y.length / miss.length;
    return clean.map((v, i) => {
      const n = Math.floor(i / dimension);
      const g = slope.subarray(n * dimension, (n + 1) * dimension);
      const own = pulled.subarray(n * dimension, (n + 1) * dimension);
      const least = (LEAST_VARIANCE * dot(g, g)) / (1 + ratio * ratio);
      const step = (weight * miss[n] * pulled[i]) / Math.max(dot(g, own), least);
      return Number.isFinite(step) ? v - step : v;
    });
  };
}

/** J g by central differences. */
function derivativeAlong(
  denoiser: Denoiser<Float64Array>,
  y: Float64Array,
  slope: Float64Array,
  ratio: number,
): Float64Array {
  const largest = slope.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const step = (STEP * ratio) / (largest || 1);
  const moved = (sign: number) =>
    denoiser(
      y.map((v, i) => v + sign * step * slope[i]),
      ratio,
    );
  const [ahead, behind] = [moved(1), moved(-1)];
  return ahead.map((v, i) => (v - behind[i]) / (2 * step));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += a[d] * b[d];
  return sum;
}
