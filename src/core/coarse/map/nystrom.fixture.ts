import type { DiffusionMap, DiffusionMapOptions } from './diffusion-map.ts';

/** A diffusion coordinate as a function of the state. */
export interface Extended {
  readonly value: number;
  /** By each coordinate of the state. */
  readonly gradient: Float64Array;
}

/**
 * Nystrom's extension of coordinate `k` of a Euclidean diffusion map to any state x: the mean of the coordinate over the points
 * with the weights P(x, x_j), over the eigenvalue; its gradient is that of the formula.
 */
export class NystromExtension {
  private readonly n: number;

  constructor(
    private readonly points: Float64Array,
    private readonly dimension: number,
    private readonly map: DiffusionMap,
    private readonly options: DiffusionMapOptions,
    private readonly k = 0,
  ) {
    this.n = points.length / dimension;
  }

  at(x: ArrayLike<number>): Extended {
    const { points, dimension, n, map, options } = this;
    const phi = map.coordinates[this.k];
    let [total, sum] = [0, 0];
    const [totalSlope, sumSlope] = [new Float64Array(dimension), new Float64Array(dimension)];
    const nearest = this.nearest(x);
    for (let j = 0; j < n; j++) {
      let squared = 0;
      for (let d = 0; d < dimension; d++) squared += (x[d] - points[j * dimension + d]) ** 2;
      // Relative to the nearest point: far from all data every weight would vanish.
      const weight = Math.exp((nearest - squared) / options.scale) / map.densityPower[j];
      total += weight;
      sum += weight * phi[j];
      for (let d = 0; d < dimension; d++) {
        const slope = ((-2 * (x[d] - points[j * dimension + d])) / options.scale) * weight;
        totalSlope[d] += slope;
        sumSlope[d] += slope * phi[j];
      }
    }
    const eigenvalue = map.eigenvalues[this.k];
    const mean = sum / total;
    return {
      value: mean / eigenvalue,
      gradient: totalSlope.map((slope, d) => (sumSlope[d] - mean * slope) / (total * eigenvalue)),
    };
  }

  private nearest(x: ArrayLike<number>): number {
    let least = Number.POSITIVE_INFINITY;
    for (let j = 0; j < this.n; j++) {
      let squared = 0;
      for (let d = 0; d < this.dimension; d++) squared += (x[d] - this.points[j * this.dimension + d]) ** 2;
      least = Math.min(least, squared);
    }
    return least;
  }
}
