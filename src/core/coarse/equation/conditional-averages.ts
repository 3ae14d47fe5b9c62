/** Averages given the slow variable by quadrature: what closure is compared with, and the averaged equation. */

import { chainFreeEnergy } from '../../exact/chain-distributions.ts';
import { type Density, exactDensity, spacing } from '../../exact/density.ts';
import { conditionalDistribution, exactFreeEnergy } from '../../exact/free-energy.ts';
import { LevelDistribution } from '../../exact/level-distribution.ts';
import type { WeightedStates } from '../../generative/conditioning/states-denoiser.ts';
import { linspace } from '../../numerics/results.ts';
import { type Setting, settingOf } from '../../systems/model.ts';
import type { FullSystem } from '../lifting/full-system.ts';

/** Points along a level that an average is taken over. */
const POINTS = 400;

export interface ExactAverages {
  /** Of each expression, `[expression * values + value]`. */
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  /** The averaged equation: means of what the generator makes of the slow variable, and of kT M |grad cv|^2. */
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
  const { model, kT } = setting;
  const count = values.length;
  const [mean, variance] = [0, 1].map(() => new Float64Array(count * expressions.length));
  const [drift, diffusion] = [new Float64Array(count), new Float64Array(count)];
  const programs = expressions.map((text) => model.observable(text));
  values.forEach((z, v) => {
    const { q, weights } = levelStates(setting, density, z);
    const size = weights.length;
    const out = new Float64Array(size);
    const average = (f: (x: number) => number) => weights.reduce((sum, w, n) => sum + w * f(out[n]), 0);
    programs.forEach((program, k) => {
      program.evaluate(q, size, out);
      const centre = average((x) => x);
      mean[k * count + v] = centre;
      variance[k * count + v] = average((x) => (x - centre) ** 2);
    });
    const states = micro.statesOf(q, size);
    micro.rates(states, size, out);
    drift[v] = average((x) => x);
    out.set(micro.mobilities(states, size));
    diffusion[v] = kT * average((x) => x);
  });
  return { mean, variance, drift, diffusion };
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
