/** Data in units of their own spread, coordinate by coordinate. */
import type { Points, Standardisation } from '../core/numerics/results.ts';

/**
 * Mean and standard deviation of each coordinate over states drawn with these probabilities (those of the minibatches:
 * the network is to see unit variance). A constant coordinate gets deviation 1.
 */
export function standardisationOf(
  { dimension, values }: Points,
  probabilities: Float64Array,
): Standardisation {
  const mean = new Array<number>(dimension).fill(0);
  const variance = new Array<number>(dimension).fill(0);
  probabilities.forEach((probability, i) => {
    for (let d = 0; d < dimension; d++) mean[d] += probability * values[i * dimension + d];
  });
  probabilities.forEach((probability, i) => {
    for (let d = 0; d < dimension; d++)
      variance[d] += probability * (values[i * dimension + d] - mean[d]) ** 2;
  });
  return { mean, deviation: variance.map((v) => Math.sqrt(v) || 1) };
}

export function standardise({ dimension, values }: Points, scale: Standardisation): Points {
  return {
    dimension,
    values: values.map((v, i) => (v - scale.mean[i % dimension]) / scale.deviation[i % dimension]),
  };
}

export function unstandardise({ dimension, values }: Points, scale: Standardisation): Points {
  return {
    dimension,
    values: values.map((v, i) => scale.mean[i % dimension] + scale.deviation[i % dimension] * v),
  };
}
