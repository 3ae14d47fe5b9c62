/**
 * Exact equilibrium density of a system of one or two coordinates by quadrature. The trapezoidal rule on a smooth density
 * that vanishes at the border (or is periodic) converges exponentially; border and spacing are found, not assumed.
 */

import { Problem } from '../message.ts';
import { linspace, type Points } from '../numerics/results.ts';
import { energiesOn, nodesOf } from '../systems/energy-surface.ts';
import type { SystemModel } from '../systems/model.ts';
import { message } from './messages.ts';
import { isDrivenRing, steadyLogDensity } from './steady-state.ts';

/** exp(-U/kT), or the steady state of a tilted ring, at the nodes of a grid, normalised so that the sum times the cell size is 1. */
export interface Density {
  /** Nodes along each coordinate. */
  readonly axes: readonly Float64Array[];
  /** `values[j * axes[0].length + i]` at (axes[0][i], axes[1][j]) */
  readonly values: Float64Array;
  /** log of the integral of exp(-U/kT). */
  readonly logPartition: number;
}

/** Boltzmann factor, relative to the largest, below which the border is far enough away. */
const NEGLIGIBLE = 1e-14;

const SCOUT_NODES = 121;

const FIRST_NODES = 321;

const MOST_NODES = 1281;

const GROWTH = 0.15;

const MOST_GROWTHS = 40;

/** Relative change of the partition function at which refinement stops. */
const CONVERGED = 1e-10;

export type Box = readonly (readonly [number, number])[];

/** @throws Problem when the density does not vanish far away (a potential unbounded below) */
export function exactDensity(model: SystemModel, kT: number): Density {
  if (model.dimension > 2)
    throw new Problem(message('exact-needs-few-coordinates', { dimension: model.dimension }));
  const box = supportOf(model, kT);
  let coarse = densityOn(model, kT, box, FIRST_NODES);
  for (let nodes = 2 * FIRST_NODES - 1; nodes <= MOST_NODES; nodes = 2 * nodes - 1) {
    const fine = densityOn(model, kT, box, nodes);
    const change = Math.abs(Math.expm1(fine.logPartition - coarse.logPartition));
    coarse = fine;
    if (change < CONVERGED) break;
  }
  return coarse;
}

/** log of exp(-U/kT) / Z at each point. */
export function logDensityAt(
  model: SystemModel,
  kT: number,
  { logPartition }: Density,
  points: Points,
): Float64Array {
  const { dimension, values } = points;
  const count = values.length / dimension;
  const q = Float64Array.from(values, (_, i) => values[(i % count) * dimension + Math.floor(i / count)]);
  const energies = new Float64Array(count);
  model.energy(q, count, energies);
  return energies.map((energy) => -energy / kT - logPartition);
}

/** Spacing of the nodes along one coordinate. */
export function spacing(axis: Float64Array): number {
  return axis[1] - axis[0];
}

/** Mean of an expression in the coordinates over the density. */
export function exactMean(model: SystemModel, { axes, values }: Density, expression: string): number {
  const observed = new Float64Array(values.length);
  model.observable(expression).evaluate(nodesOf(axes), values.length, observed);
  const cell = axes.reduce((product, axis) => product * spacing(axis), 1);
  // Where there is no density an expression need not have a value.
  return values.reduce((sum, value, k) => (value > 0 ? sum + value * cell * observed[k] : sum), 0);
}

/**
 * Grows the plotted domain until the density on every side is negligible; a period stays as it is.
 * @throws Problem when it never is (a potential unbounded below)
 */
export function supportOf(model: SystemModel, kT: number): Box {
  const { domain, coordinates, periodic } = model.system;
  let box = domain;
  for (let round = 0; round < MOST_GROWTHS; round++) {
    const { axes, values } = densityOn(model, kT, box, SCOUT_NODES);
    const threshold = NEGLIGIBLE * values.reduce((a, b) => Math.max(a, b), 0);
    const open = openSides(axes, values, threshold).map(
      (side, k) => side && !periodic.includes(coordinates[k >> 1]),
    );
    if (!open.some(Boolean)) return box;
    box = box.map(([low, high], d) => [
      open[2 * d] ? low - GROWTH * (high - low) : low,
      open[2 * d + 1] ? high + GROWTH * (high - low) : high,
    ]);
  }
  throw new Problem(
    message('energy-unbounded', { system: model.system.id, coordinates: model.system.coordinates }),
  );
}

/** Whether the density is above `threshold` on the lower and upper border of each coordinate. */
function openSides([xs, ys]: readonly Float64Array[], values: Float64Array, threshold: number): boolean[] {
  const nx = xs.length;
  const sides = [false, false, false, false];
  values.forEach((value, k) => {
    if (value <= threshold) return;
    const [i, j] = [k % nx, Math.floor(k / nx)];
    sides[0] ||= i === 0;
    sides[1] ||= i === nx - 1;
    sides[2] ||= j === 0;
    sides[3] ||= j === (ys?.length ?? 1) - 1;
  });
  return ys ? sides : sides.slice(0, 2);
}

/** The density as if nothing existed outside `box`, on equally spaced nodes along each coordinate. */
export function densityOn(model: SystemModel, kT: number, box: Box, nodes: number): Density {
  const { coordinates, periodic } = model.system;
  // The last node of a period is its first.
  const axes = box.map(([low, high], d) =>
    periodic.includes(coordinates[d]) ? linspace(low, high, nodes).slice(0, -1) : linspace(low, high, nodes),
  );
  const values = isDrivenRing(model)
    ? steadyLogDensity(model, kT, axes[0]).map((logDensity) => -kT * logDensity)
    : energiesOn(model, axes);
  const lowest = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  if (!Number.isFinite(lowest)) throw new Problem(message('energy-not-finite', { system: model.system.id }));
  let sum = 0;
  for (let k = 0; k < values.length; k++) {
    values[k] = Math.exp((lowest - values[k]) / kT);
    sum += values[k];
  }
  const integral = axes.reduce((product, axis) => product * spacing(axis), sum);
  for (let k = 0; k < values.length; k++) values[k] /= integral;
  return { axes, values, logPartition: Math.log(integral) - lowest / kT };
}
