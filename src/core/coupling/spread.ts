/** A normal distribution of several coordinates with mean zero. */
import { cholesky } from '../numerics/cholesky.ts';

/** Least variance of a coordinate, as a share of the mean variance: data that coincide must not make an infinite density. */
const NARROWEST = 1e-6;

export class Spread {
  /** -log det L */
  readonly logScale: number;
  /** Cholesky factor L of the covariance, row after row. */
  private readonly lower: Float64Array;

  /** @param covariance row after row */
  constructor(
    readonly dimension: number,
    covariance: Float64Array,
  ) {
    const indices = Array.from({ length: dimension }, (_, i) => i);
    const diagonal = indices.map((i) => covariance[i * dimension + i]);
    const least = (NARROWEST * diagonal.reduce((a, b) => a + b, 0)) / dimension + Number.EPSILON ** 2;
    const rows = indices.map((i) =>
      indices.map((j) => covariance[i * dimension + j] + (i === j ? least : 0)),
    );
    const factor = cholesky(rows);
    this.lower = Float64Array.from(factor.flat());
    this.logScale = -factor.reduce((sum, row, i) => sum + Math.log(row[i]), 0);
  }

  /** As wide as `rows` of `dimension` numbers each are about their mean, times `width`. */
  static of(rows: Float64Array, dimension: number, width = 1): Spread {
    const count = rows.length / dimension;
    const mean = new Float64Array(dimension);
    rows.forEach((value, i) => {
      mean[i % dimension] += value / count;
    });
    const covariance = new Float64Array(dimension ** 2);
    for (let row = 0; row < rows.length; row += dimension)
      for (let i = 0; i < dimension; i++)
        for (let j = 0; j < dimension; j++)
          covariance[i * dimension + j] +=
            ((rows[row + i] - mean[i]) * (rows[row + j] - mean[j]) * width ** 2) / count;
    return new Spread(dimension, covariance);
  }

  /** Adds L times these normal numbers to the coordinates of `values` from `start` on. */
  disturb(values: Float64Array, start: number, normals: Float64Array): void {
    const { dimension, lower } = this;
    for (let i = 0; i < dimension; i++)
      for (let j = 0; j <= i; j++) values[start + i] += lower[i * dimension + j] * normals[j];
  }

  /** L^-1 times the difference: standard normal if the difference has this distribution. */
  whitened(difference: Float64Array): Float64Array {
    const { dimension, lower } = this;
    const out = new Float64Array(dimension);
    for (let i = 0; i < dimension; i++) {
      let rest = difference[i];
      for (let j = 0; j < i; j++) rest -= lower[i * dimension + j] * out[j];
      out[i] = rest / lower[i * dimension + i];
    }
    return out;
  }
}
