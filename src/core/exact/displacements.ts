/** The exact denoising displacement at given states. */
import type { Points, Standardisation } from '../numerics/results.ts';
import type { Setting } from '../systems/model.ts';
import { exactDenoiser } from './array-denoiser.ts';
import type { Density } from './density.ts';

interface Question {
  readonly points: Points;
  /** Noise in standard deviations of the data. */
  readonly sigma: number;
  readonly scale: Standardisation;
}

/** D(x; sigma) - x in the units of the coordinates, row by row. @throws Error unless there are two coordinates */
export function exactDisplacements(setting: Setting, density: Density, question: Question): Points {
  const { points, sigma, scale } = question;
  const { dimension, values } = points;
  const { mean, deviation } = scale;
  const y = Float64Array.from(values, (v, i) => (v - mean[i % dimension]) / deviation[i % dimension]);
  const clean = exactDenoiser(setting, density, scale)(y, sigma);
  return {
    dimension,
    values: values.map((_, i) => deviation[i % dimension] * (clean[i] - y[i])),
  };
}
