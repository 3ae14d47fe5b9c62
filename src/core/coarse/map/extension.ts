/** A diffusion coordinate at states that the map was not made of. */
import type { DiffusionMap } from './diffusion-map.ts';
import { squaredWay } from './mahalanobis.ts';

/** What a map was made of. */
export interface MapOrigin {
  readonly dimension: number;
  /** All states, in rows; the kernel's widths are those among all. */
  readonly rows: Float64Array;
  /** C^-1/2 at each of them; null for Euclidean distances. */
  readonly roots: Float64Array | null;
  readonly widths: Float64Array;
  /** Width at a state with these squared distances from all. */
  readonly widthOf: (squared: Float32Array) => number;
  /** States that have a coordinate. */
  readonly kept: Uint32Array;
  readonly scale: number;
  readonly map: DiffusionMap;
}

/**
 * Nystrom's extension of the first coordinate in the kernel of the map: its mean over the states with weights P(x, x_j), over the
 * eigenvalue. Far from all states it is that of the nearest ones.
 * @param points rows  @param roots C^-1/2 at each point, where the map has them
 */
export function extendedTo(
  origin: MapOrigin,
  points: Float64Array,
  roots: Float64Array | null,
): Float64Array {
  const { dimension, rows, widths, widthOf, kept, scale, map } = origin;
  const squared = new Float32Array(rows.length / dimension);
  const [phi] = map.coordinates;
  const x = new Float64Array(dimension);
  const ways = new Float64Array(kept.length);
  return Float64Array.from({ length: points.length / dimension }, (_, p) => {
    for (let j = 0; j < squared.length; j++) {
      for (let d = 0; d < dimension; d++) x[d] = points[p * dimension + d] - rows[j * dimension + d];
      squared[j] =
        roots && origin.roots
          ? squaredWay(roots, p, origin.roots, j, x)
          : x.reduce((sum, v) => sum + v * v, 0);
    }
    const width = widthOf(squared);
    let nearest = Number.POSITIVE_INFINITY;
    kept.forEach((j, a) => {
      ways[a] = squared[j] / (width * widths[j]);
      nearest = Math.min(nearest, ways[a]);
    });
    let [total, sum] = [0, 0];
    ways.forEach((way, a) => {
      const weight = Math.exp((nearest - way) / scale) / map.densityPower[a];
      total += weight;
      sum += weight * phi[a];
    });
    return sum / total / map.eigenvalues[0];
  });
}
