/** Averages given the slow variable by quadrature: what closure is compared with, and the averaged equation. */

import { chainFreeEnergy } from '../../exact/chain-distributions.ts';
import { type Density, exactDensity, spacing } from '../../exact/density.ts';
import { conditionalDistribution, exactFreeEnergy } from '../../exact/free-energy.ts';
import { LevelDistribution } from '../../exact/level-distribution.ts';
import type { WeightedStates } from '../../generative/conditioning/states-denoiser.ts';
import { linspace } from '../../numerics/results.ts';
import { type Setting, settingOf } from '../../systems/model.ts';
import type { FullSystem } from '../lifting/full-system.ts';
import { hasFriction, withFriction } from './friction.ts';

/** Points along a level that an average is taken over. */
const POINTS = 400;

export interface ExactAverages {
  /** Of each expression, `[expression * values + value]`. */
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  /**
   * The averaged equation: means of what the generator makes of the slow variable, and of kT M |grad cv|^2, with the friction of the
   * other coordinate where that is known.
   */
  readonly drift: Float64Array;
  readonly diffusion: Float64Array;
  /** F in kT at the values, minimum 0. */
  readonly F: Float64Array;
}

/** Null where the conditional distribution is not had by quadrature: no potential, more than two coordinates, no equilibrium. */
export function exactAverages(
  micro: FullSystem,
  values: Float64Array,
  expressions: readonly string[],
): ExactAverages | null {
  const setting = settingOf(micro.lab.experiment, micro.lab.families);
  if (setting.model.energyNode === null || setting.model.dimension > 2) return null;
  try {
    const density = exactDensity(setting.model, setting.kT);
    const { F } = exactFreeEnergy(setting, density, values);
    return { ...averagesOver(micro, setting, density, values, expressions), F };
  } catch {
    return null;
  }
}

/** F in kT at the values, minimum 0, where it is known; else null. */
export function exactF(micro: FullSystem, values: Float64Array): Float64Array | null {
  const setting = settingOf(micro.lab.experiment, micro.lab.families);
  const { model, kT, cvCoordinate } = setting;
  if (model.energyNode === null) return null;
  try {
    if (model.system.chain) return cvCoordinate < 0 ? null : chainFreeEnergy(setting, values).F;
    return model.dimension > 2 ? null : exactFreeEnergy(setting, exactDensity(model, kT), values).F;
  } catch {
    return null;
  }
}

function averagesOver(
  micro: FullSystem,
  setting: Setting,
  density: Density,
  values: Float64Array,
  expressions: readonly string[],
): Omit<ExactAverages, 'F'> {
  const count = values.length;
  const [mean, variance] = [0, 1].map(() => new Float64Array(count * expressions.length));
  const programs = expressions.map((text) => setting.model.observable(text));
  values.forEach((z, v) => {
    const { q, weights } = levelStates(setting, density, z);
    const out = new Float64Array(weights.length);
    programs.forEach((program, k) => {
      program.evaluate(q, weights.length, out);
      const centre = averageOf(weights, out);
      mean[k * count + v] = centre;
      variance[k * count + v] = averageOf(
        weights,
        out.map((x) => (x - centre) ** 2),
      );
    });
  });
  const fast = (z: number) => averagedAt(micro, setting, density, z);
  if (hasFriction(setting)) return { mean, variance, ...withFriction(setting, density, fast, values) };
  const found = Array.from(values, fast);
  return {
    mean,
    variance,
    drift: Float64Array.from(found, ({ drift }) => drift),
    diffusion: Float64Array.from(found, ({ diffusion }) => diffusion),
  };
}

/** Drift and diffusion where all that is not the slow variable is infinitely fast. */
function averagedAt(
  micro: FullSystem,
  setting: Setting,
  density: Density,
  z: number,
): { readonly drift: number; readonly diffusion: number } {
  const { q, weights } = levelStates(setting, density, z);
  const states = micro.statesOf(q, weights.length);
  const rates = new Float64Array(weights.length);
  micro.rates(states, weights.length, rates);
  return {
    drift: averageOf(weights, rates),
    diffusion: setting.kT * averageOf(weights, micro.mobilities(states, weights.length)),
  };
}

function averageOf(weights: Float64Array, values: Float64Array): number {
  return weights.reduce((sum, weight, n) => sum + weight * values[n], 0);
}

/** States of a level by columns, with weights that sum to 1. */
function levelStates(
  setting: Setting,
  density: Density,
  z: number,
): { q: Float64Array; weights: Float64Array } {
  const { model, cvCoordinate } = setting;
  if (model.dimension === 1) return { q: Float64Array.of(z), weights: Float64Array.of(1) };
  const { values, weights } = cvCoordinate < 0 ? onLevel(setting, density, z) : onLine(setting, density, z);
  const total = weights.reduce((a, b) => a + b, 0);
  const count = weights.length;
  const q = Float64Array.from(values, (_, i) => values[(i % count) * 2 + Math.floor(i / count)]);
  return { q, weights: weights.map((w) => w / total) };
}

function onLevel(setting: Setting, density: Density, z: number): WeightedStates {
  const spacings = density.axes.map((axis) => (axis.length * spacing(axis)) / POINTS);
  return new LevelDistribution(setting, density, z).quadrature(spacings);
}

function onLine(setting: Setting, density: Density, z: number): WeightedStates {
  const { x, density: distribution } = conditionalDistribution(setting, density, z);
  const values = new Float64Array(2 * x.length).fill(z);
  x.forEach((other, n) => {
    values[2 * n + 1 - setting.cvCoordinate] = other;
  });
  return { dimension: 2, values, weights: distribution };
}

/** Evenly spaced values; along a whole ring the end, which is the beginning, is left out. */
export function valuesBetween(low: number, high: number, count: number, periodic: boolean): Float64Array {
  return periodic ? linspace(low, high, count + 1).slice(0, -1) : linspace(low, high, count);
}
