/** Mixtures of Gaussians in any number of coordinates: what is noised, denoised, conditioned and drawn in closed form. */

import type { Denoiser } from '../generative/contract.ts';
import { cholesky, type Matrix } from '../numerics/cholesky.ts';
import { NUMBERS_PER_BLOCK, type RandomStream } from '../numerics/random.ts';

export interface Component {
  /** Weights need not sum to 1. */
  readonly weight: number;
  readonly mean: readonly number[];
  readonly covariance: Matrix;
}

export type Mixture = readonly Component[];

/** A component with isotropic noise on top, ready to be evaluated. */
interface Noised {
  readonly logFactor: number;
  readonly mean: readonly number[];
  /** Of covariance + ratio^2. */
  readonly inverse: Matrix;
  /** covariance * inverse */
  readonly gain: Matrix;
  /** Trace of the covariance of x0 given y and the component. */
  readonly spread: number;
}

/** log density of y = x0 + ratio noise, at each row of `points`. */
export function logDensity(mixture: Mixture, points: Float64Array, ratio = 0): Float64Array {
  const noised = withNoise(mixture, ratio);
  const d = mixture[0].mean.length;
  const terms = new Float64Array(mixture.length);
  return Float64Array.from({ length: points.length / d }, (_, n) =>
    responsibilities(noised, points, n * d, terms),
  );
}

/** E[x0 | y], row by row, and the divergence of it by y: tr Cov[x0 | y] / ratio^2. */
export function denoise(
  mixture: Mixture,
  points: Float64Array,
  ratio: number,
): { readonly denoised: Float64Array; readonly divergence: Float64Array } {
  const noised = withNoise(mixture, ratio);
  const d = mixture[0].mean.length;
  const denoised = new Float64Array(points.length);
  const divergence = new Float64Array(points.length / d);
  const shares = new Float64Array(mixture.length);
  const clean = new Float64Array(d);
  for (let n = 0; n < divergence.length; n++) {
    responsibilities(noised, points, n * d, shares);
    let secondMoment = 0;
    noised.forEach(({ mean, gain, spread }, k) => {
      for (let i = 0; i < d; i++) {
        clean[i] = mean[i];
        for (let j = 0; j < d; j++) clean[i] += gain[i][j] * (points[n * d + j] - mean[j]);
        denoised[n * d + i] += shares[k] * clean[i];
        secondMoment += shares[k] * clean[i] ** 2;
      }
      secondMoment += shares[k] * spread;
    });
    for (let i = 0; i < d; i++) secondMoment -= denoised[n * d + i] ** 2;
    divergence[n] = secondMoment / ratio ** 2;
  }
  return { denoised, divergence };
}

/** The exact denoiser of the mixture, on plain arrays. */
export function mixtureDenoiser(mixture: Mixture): Denoiser<Float64Array> {
  return (y, ratio) => denoise(mixture, y, ratio).denoised;
}

/** The mixture given that sum of direction * x is `value`; its covariances are singular along the direction. */
export function conditioned(mixture: Mixture, direction: readonly number[], value: number): Mixture {
  return mixture.map(({ weight, mean, covariance }) => {
    const cross = covariance.map((row) => dot(row, direction));
    const variance = dot(cross, direction);
    const miss = value - dot(mean, direction);
    return {
      weight: (weight * Math.exp((-miss * miss) / (2 * variance))) / Math.sqrt(variance),
      mean: mean.map((m, i) => m + (cross[i] * miss) / variance),
      covariance: covariance.map((row, i) => row.map((c, j) => c - (cross[i] * cross[j]) / variance)),
    };
  });
}

/** Mean and covariance of the whole mixture. */
export function momentsOf(mixture: Mixture): { readonly mean: number[]; readonly covariance: number[][] } {
  const total = mixture.reduce((sum, { weight }) => sum + weight, 0);
  const average = (value: (component: Component) => number) =>
    mixture.reduce((sum, component) => sum + (component.weight / total) * value(component), 0);
  const mean = mixture[0].mean.map((_, i) => average((c) => c.mean[i]));
  const covariance = mean.map((mi, i) =>
    mean.map((mj, j) => average((c) => c.covariance[i][j] + (c.mean[i] - mi) * (c.mean[j] - mj))),
  );
  return { mean, covariance };
}

/** `count` states, row by row; state n is a function of (stream, n). */
export function sampleMixture(mixture: Mixture, count: number, stream: RandomStream): Float64Array {
  const d = mixture[0].mean.length;
  const factors = mixture.map(({ covariance }) => cholesky(covariance));
  const total = mixture.reduce((sum, { weight }) => sum + weight, 0);
  const buffer = new Float64Array(NUMBERS_PER_BLOCK * (1 + Math.ceil(d / NUMBERS_PER_BLOCK)));
  const out = new Float64Array(count * d);
  for (let n = 0; n < count; n++) {
    stream.uniforms(n, 0, buffer);
    let left = buffer[0] * total;
    const chosen = mixture.findIndex(({ weight }, k) => {
      left -= weight;
      return left < 0 || k === mixture.length - 1;
    });
    for (let at = NUMBERS_PER_BLOCK; at < buffer.length; at += NUMBERS_PER_BLOCK)
      stream.normals(n, at / NUMBERS_PER_BLOCK, buffer, at);
    for (let i = 0; i < d; i++) {
      out[n * d + i] = mixture[chosen].mean[i];
      for (let j = 0; j <= i; j++) out[n * d + i] += factors[chosen][i][j] * buffer[NUMBERS_PER_BLOCK + j];
    }
  }
  return out;
}

function withNoise(mixture: Mixture, ratio: number): Noised[] {
  const total = mixture.reduce((sum, { weight }) => sum + weight, 0);
  return mixture.map(({ weight, mean, covariance }) => {
    const noisy = covariance.map((row, i) => row.map((c, j) => (i === j ? c + ratio * ratio : c)));
    const { inverse, logDeterminant } = inverted(noisy);
    const gain = covariance.map((row) =>
      mean.map((_, j) =>
        dot(
          row,
          inverse.map((r) => r[j]),
        ),
      ),
    );
    // covariance - gain covariance = ratio^2 gain, without the cancellation
    const spread = ratio * ratio * gain.reduce((sum, row, i) => sum + row[i], 0);
    const logFactor = Math.log(weight / total) - (logDeterminant + mean.length * Math.log(2 * Math.PI)) / 2;
    return { logFactor, mean, inverse, gain, spread };
  });
}

/** Writes the probability of each component given the point to `shares`; answers the log density there. */
function responsibilities(
  noised: readonly Noised[],
  points: Float64Array,
  start: number,
  shares: Float64Array,
): number {
  noised.forEach(({ logFactor, mean, inverse }, k) => {
    let square = 0;
    for (let i = 0; i < mean.length; i++)
      for (let j = 0; j < mean.length; j++)
        square += (points[start + i] - mean[i]) * inverse[i][j] * (points[start + j] - mean[j]);
    shares[k] = logFactor - square / 2;
  });
  const largest = shares.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let k = 0; k < shares.length; k++) {
    shares[k] = Math.exp(shares[k] - largest);
    sum += shares[k];
  }
  for (let k = 0; k < shares.length; k++) shares[k] /= sum;
  return largest + Math.log(sum);
}

/** Inverse of a symmetric positive definite matrix, by its Cholesky factor. */
function inverted(matrix: Matrix): { inverse: number[][]; logDeterminant: number } {
  const lower = cholesky(matrix);
  const d = matrix.length;
  const columns = lower.map((_, c) => {
    const x = new Array<number>(d).fill(0);
    for (let i = 0; i < d; i++) x[i] = ((i === c ? 1 : 0) - dot(lower[i].slice(0, i), x)) / lower[i][i];
    for (let i = d - 1; i >= 0; i--) {
      for (let j = i + 1; j < d; j++) x[i] -= lower[j][i] * x[j];
      x[i] /= lower[i][i];
    }
    return x;
  });
  const logDeterminant = lower.reduce((sum, row, i) => sum + 2 * Math.log(row[i]), 0);
  return { inverse: columns, logDeterminant };
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
