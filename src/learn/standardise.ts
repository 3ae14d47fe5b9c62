/** Data in units of their own spread, coordinate by coordinate. */
import type { Points } from '../core/channels.ts';
import type { Standardisation } from '../core/protocol.ts';

/** Mean and standard deviation of each coordinate; a constant coordinate gets deviation 1. */
export function standardisationOf({ dimension, values }: Points): Standardisation {
  const count = values.length / dimension;
  const mean = new Array<number>(dimension).fill(0);
  const square = new Array<number>(dimension).fill(0);
  for (let i = 0; i < values.length; i++) mean[i % dimension] += values[i] / count;
  for (let i = 0; i < values.length; i++)
    square[i % dimension] += (values[i] - mean[i % dimension]) ** 2 / count;
  const deviation = square.map((variance) => Math.sqrt(variance) || 1);
  return { mean, deviation };
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
