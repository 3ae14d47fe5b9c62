/**
 * Distances that do not see how slow variables were observed: the metric of the noise (Singer, Coifman, Appl. Comput. Harmon.
 * Anal. 25, 226 (2008); Dsilva et al., SIAM J. Appl. Dyn. Syst. 15, 1327 (2016)). A change of all fast coordinates counts
 * little in it, since they change that much in no time.
 */
import { Problem } from '../../message.ts';
import { symmetricEigen } from '../../numerics/symmetric-eigen.ts';
import { message } from '../messages.ts';
import type { Distances } from './diffusion-map.ts';

/** Of the strongest noise: what counts as none. */
const LEAST_NOISE = 1e-14;

/** Covariance per time of a burst from each point, rows of d x d numbers: `covariances[i * d * d + a * d + b]`. */
export interface LocalNoise {
  readonly dimension: number;
  readonly covariances: Float64Array;
}

/**
 * Covariance of the ends of short bursts, over their duration.
 * @param ends `ends[(point * bursts + burst) * dimension + d]`
 */
export function burstCovariances(
  ends: Float64Array,
  dimension: number,
  bursts: number,
  duration: number,
): LocalNoise {
  const points = ends.length / (bursts * dimension);
  const covariances = new Float64Array(points * dimension * dimension);
  const mean = new Float64Array(dimension);
  for (let i = 0; i < points; i++) {
    const at = (burst: number, d: number) => ends[(i * bursts + burst) * dimension + d];
    for (let d = 0; d < dimension; d++) {
      mean[d] = 0;
      for (let burst = 0; burst < bursts; burst++) mean[d] += at(burst, d) / bursts;
    }
    for (let a = 0; a < dimension; a++)
      for (let b = 0; b < dimension; b++) {
        let sum = 0;
        for (let burst = 0; burst < bursts; burst++)
          sum += (at(burst, a) - mean[a]) * (at(burst, b) - mean[b]);
        covariances[(i * dimension + a) * dimension + b] = sum / ((bursts - 1) * duration);
      }
  }
  return { dimension, covariances };
}

/** log det of each covariance; -Infinity or NaN where noise is missing in a direction. */
export function logDeterminants({ dimension, covariances }: LocalNoise): Float64Array {
  const size = dimension * dimension;
  return Float64Array.from({ length: covariances.length / size }, (_, i) => {
    const a = covariances.slice(i * size, (i + 1) * size);
    let sum = 0;
    for (let p = 0; p < dimension; p++) {
      sum += Math.log(a[p * dimension + p]);
      for (let row = p + 1; row < dimension; row++) {
        const factor = a[row * dimension + p] / a[p * dimension + p];
        for (let c = p; c < dimension; c++) a[row * dimension + c] -= factor * a[p * dimension + c];
      }
    }
    return sum;
  });
}

/**
 * Squared distances |x_i - x_j|^2 in hidden coordinates x whose noise is white, without knowing x: dx = J^-1 dy with C = J J^T, by
 * the trapezoidal rule x_i - x_j = (J_i^-1 + J_j^-1) (y_i - y_j) / 2. C^-1/2 is J^-1 up to a rotation; in two dimensions that of
 * one end is turned towards that of the other.
 *
 * The papers take the mean of the squares (y_i - y_j)^T C^-1 (y_i - y_j) of both ends instead. Where fast directions bend, both
 * ends see slow distances that are wrong by the same amount with opposite sign: squares keep the error, it cancels here.
 * @throws Error where noise is missing in a direction
 */
export function mahalanobisDistances(points: Float64Array, noise: LocalNoise): Distances {
  const { dimension } = noise;
  const n = points.length / dimension;
  const roots = inverseRoots(noise);
  const squared = new Float32Array(n * n);
  const difference = new Float64Array(dimension);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      for (let d = 0; d < dimension; d++)
        difference[d] = points[i * dimension + d] - points[j * dimension + d];
      const value = squaredWay(roots, i, roots, j, difference);
      squared[i * n + j] = value;
      squared[j * n + i] = value;
    }
  return { n, squared };
}

/** Squared distance of two states that differ by `x`: of roots C^-1/2 the i-th of some and the j-th of others. */
export function squaredWay(
  roots: Float64Array,
  i: number,
  others: Float64Array,
  j: number,
  x: Float64Array,
): number {
  const whiten = x.length === 2 ? whitenPlane : whitenSpace;
  return whiten(roots, i, others, j, x) / 4;
}

/** |(A_i + R B_j) x|^2 with the rotation R that brings B_j nearest to A_i. */
function whitenPlane(
  roots: Float64Array,
  i: number,
  others: Float64Array,
  j: number,
  [x, y]: Float64Array,
): number {
  const [a, b, d] = [roots[4 * i], roots[4 * i + 1], roots[4 * i + 3]];
  const [e, f, h] = [others[4 * j], others[4 * j + 1], others[4 * j + 3]];
  const cosine = a * e + 2 * b * f + d * h;
  const sine = b * e + d * f - a * f - b * h;
  const length = Math.sqrt(cosine * cosine + sine * sine);
  const [u, v] = [e * x + f * y, f * x + h * y];
  const first = a * x + b * y + (cosine * u - sine * v) / length;
  const second = b * x + d * y + (sine * u + cosine * v) / length;
  return first * first + second * second;
}

/** |(A_i + B_j) x|^2 */
function whitenSpace(
  roots: Float64Array,
  i: number,
  others: Float64Array,
  j: number,
  x: Float64Array,
): number {
  const size = x.length;
  let total = 0;
  for (let a = 0; a < size; a++) {
    let sum = 0;
    for (let b = 0; b < size; b++)
      sum += x[b] * (roots[(i * size + a) * size + b] + others[(j * size + a) * size + b]);
    total += sum * sum;
  }
  return total;
}

/** C^-1/2 of each covariance, symmetric. @throws Error where noise is missing in a direction */
export function inverseRoots({ dimension, covariances }: LocalNoise): Float64Array {
  const out = new Float64Array(covariances.length);
  const size = dimension * dimension;
  const axes = Array.from({ length: dimension }, (_, d) => d);
  for (let start = 0; start < covariances.length; start += size) {
    const rows = axes.map((a) => axes.map((b) => covariances[start + a * dimension + b]));
    const { values, vectors } = symmetricEigen(rows);
    if (!(values[0] > LEAST_NOISE * values[dimension - 1])) throw new Problem(message('noise-missing', {}));
    for (const a of axes)
      for (const b of axes)
        out[start + a * dimension + b] = axes.reduce(
          (sum, k) => sum + (vectors[k][a] * vectors[k][b]) / Math.sqrt(values[k]),
          0,
        );
  }
  return out;
}
