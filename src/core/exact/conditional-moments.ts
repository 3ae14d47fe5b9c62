/** Mean and variance of the coordinates along a collective variable: a curve where a conditional distribution is one point of it. */
import type { WeightedStates } from '../generative/conditioning/states-denoiser.ts';
import type { Setting } from '../systems/model.ts';
import type { ConditionalMoments } from './answers.ts';
import { type Density, spacing } from './density.ts';
import { conditionalDistribution } from './free-energy.ts';
import { LevelDistribution } from './level-distribution.ts';

/** Moments given every value of the cv, by quadrature; NaN where no state within reach has the value. */
export function conditionalMoments(setting: Setting, density: Density, at: Float64Array): ConditionalMoments {
  const count = at.length;
  const mean = new Float64Array(2 * count);
  const variance = new Float64Array(2 * count);
  at.forEach((value, k) => {
    const moments =
      setting.cvCoordinate < 0 ? onLevel(setting, density, value) : onLine(setting, density, value);
    moments.forEach((moment, d) => {
      mean[d * count + k] = moment.mean;
      variance[d * count + k] = moment.variance;
    });
  });
  return { at: at.slice(), mean, variance };
}

interface Moments {
  readonly mean: number;
  readonly variance: number;
}

function onLine(setting: Setting, density: Density, at: number): Moments[] {
  const { mean, variance } = conditionalDistribution(setting, density, at);
  const own = { mean: at, variance: 0 };
  return setting.cvCoordinate === 0 ? [own, { mean, variance }] : [{ mean, variance }, own];
}

function onLevel(setting: Setting, density: Density, at: number): Moments[] {
  const unknown = { mean: Number.NaN, variance: Number.NaN };
  const states = statesOf(setting, density, at);
  return states ? [0, 1].map((d) => momentsOf(states, d)) : [unknown, unknown];
}

function statesOf(setting: Setting, density: Density, at: number): WeightedStates | null {
  try {
    return new LevelDistribution(setting, density, at).quadrature(density.axes.map(spacing));
  } catch {
    return null;
  }
}

function momentsOf({ values, weights }: WeightedStates, d: number): Moments {
  const total = weights.reduce((a, b) => a + b, 0);
  const mean = weights.reduce((sum, w, n) => sum + w * values[2 * n + d], 0) / total;
  const variance = weights.reduce((sum, w, n) => sum + w * (values[2 * n + d] - mean) ** 2, 0) / total;
  return { mean, variance };
}
