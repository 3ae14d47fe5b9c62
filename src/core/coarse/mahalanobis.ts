/**
 * Distances that do not see how slow variables were observed: the metric of the noise (Singer, Coifman, Appl. Comput. Harmon.
 * Anal. 25, 226 (2008); Dsilva et al., SIAM J. Appl. Dyn. Syst. 15, 1327 (2016)). A change of all fast coordinates counts
 * little in it, since they change that much in no time.
 */
import type { Distances } from './diffusion-map.ts';

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

/** d^2 = (y_i - y_j)^T (C_i^-1 + C_j^-1) (y_i - y_j) / 2. @throws Error where noise is missing in a direction */
export function mahalanobisDistances(points: Float64Array, noise: LocalNoise): Distances {
  const { dimension } = noise;
  const n = points.length / dimension;
  const inverses = inverted(noise);
  const squared = new Float32Array(n * n);
  const difference = new Float64Array(dimension);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      for (let d = 0; d < dimension; d++)
        difference[d] = points[i * dimension + d] - points[j * dimension + d];
      const value = (quadratic(inverses, i, difference) + quadratic(inverses, j, difference)) / 2;
      squared[i * n + j] = value;
      squared[j * n + i] = value;
    }
  return { n, squared };
}

function quadratic(inverses: Float64Array, point: number, x: Float64Array): number {
  const size = x.length;
  let sum = 0;
  for (let a = 0; a < size; a++)
    for (let b = 0; b < size; b++) sum += x[a] * inverses[(point * size + a) * size + b] * x[b];
  return sum;
}

function inverted({ dimension, covariances }: LocalNoise): Float64Array {
  const out = new Float64Array(covariances.length);
  const size = dimension * dimension;
  for (let i = 0; i < covariances.length; i += size)
    out.set(inverse(covariances.subarray(i, i + size), dimension), i);
  return out;
}

/** Inverse of a positive definite matrix by Gauss-Jordan elimination without pivoting, which such matrices do not need. */
function inverse(matrix: Float64Array, size: number): Float64Array {
  const a = Float64Array.from(matrix);
  const out = new Float64Array(size * size);
  for (let d = 0; d < size; d++) out[d * size + d] = 1;
  for (let pivot = 0; pivot < size; pivot++) {
    const scale = a[pivot * size + pivot];
    if (!(scale > 0))
      throw new Error('There is no noise in some direction: Mahalanobis distances are not defined');
    for (let c = 0; c < size; c++) {
      a[pivot * size + c] /= scale;
      out[pivot * size + c] /= scale;
    }
    for (let row = 0; row < size; row++) {
      if (row === pivot) continue;
      const factor = a[row * size + pivot];
      for (let c = 0; c < size; c++) {
        a[row * size + c] -= factor * a[pivot * size + c];
        out[row * size + c] -= factor * out[pivot * size + c];
      }
    }
  }
  return out;
}
