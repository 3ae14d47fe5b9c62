/**
 * Exact equilibrium density of a two-dimensional system by quadrature. The trapezoidal rule on a smooth density that
 * vanishes at the border converges exponentially; border and spacing are therefore found, not assumed.
 */
import { linspace } from '../channels.ts';
import type { Model } from '../model.ts';

/** exp(-U/kT) at the nodes of a grid, normalised so that the sum times the cell area is 1. */
export interface Density {
  /** Nodes along each coordinate. */
  readonly axes: readonly [Float64Array, Float64Array];
  /** `values[j * axes[0].length + i]` at (axes[0][i], axes[1][j]) */
  readonly values: Float64Array;
  /** -kT log of the integral of exp(-U/kT). */
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

export type Box = readonly [readonly [number, number], readonly [number, number]];

/** @throws Error when the density does not vanish far away (a potential unbounded below) */
export function exactDensity(model: Model, kT: number): Density {
  if (model.dimension !== 2) throw new Error('Exact densities are computed for two coordinates');
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

/** Spacing of the nodes along one coordinate. */
export function spacing(axis: Float64Array): number {
  return axis[1] - axis[0];
}

/** Energies on the nodes of a grid, row by row (`values[j * nx + i]`). */
export function energiesOn(model: Model, xs: Float64Array, ys: Float64Array): Float64Array {
  const count = xs.length * ys.length;
  const q = new Float64Array(2 * count);
  for (let j = 0; j < ys.length; j++) {
    q.set(xs, j * xs.length);
    q.fill(ys[j], count + j * xs.length, count + (j + 1) * xs.length);
  }
  const energies = new Float64Array(count);
  model.energy(q, count, energies);
  return energies;
}

/** Grows the plotted domain until the density on every side is negligible. */
function supportOf(model: Model, kT: number): Box {
  let box = model.system.domain.map(([low, high]) => [low, high]) as [number, number][];
  for (let round = 0; round < MOST_GROWTHS; round++) {
    const { axes, values } = densityOn(model, kT, box as unknown as Box, SCOUT_NODES);
    const threshold = NEGLIGIBLE * values.reduce((a, b) => Math.max(a, b), 0);
    const open = openSides(axes[0].length, axes[1].length, values, threshold);
    if (!open.some(Boolean)) return box as unknown as Box;
    box = box.map(([low, high], d) => [
      open[2 * d] ? low - GROWTH * (high - low) : low,
      open[2 * d + 1] ? high + GROWTH * (high - low) : high,
    ]);
  }
  throw new Error(
    'exp(-U/kT) does not vanish far away, so there is no equilibrium density: is the energy bounded below?',
  );
}

/** Whether the density is above `threshold` on the left, right, lower and upper border. */
function openSides(nx: number, ny: number, values: Float64Array, threshold: number): boolean[] {
  const sides = [false, false, false, false];
  for (let j = 0; j < ny; j++) {
    sides[0] ||= values[j * nx] > threshold;
    sides[1] ||= values[j * nx + nx - 1] > threshold;
  }
  for (let i = 0; i < nx; i++) {
    sides[2] ||= values[i] > threshold;
    sides[3] ||= values[(ny - 1) * nx + i] > threshold;
  }
  return sides;
}

/** The density as if nothing existed outside `box`, on nodes x nodes points. */
export function densityOn(model: Model, kT: number, box: Box, nodes: number): Density {
  const axes = box.map(([low, high]) => linspace(low, high, nodes)) as [Float64Array, Float64Array];
  const values = energiesOn(model, ...axes);
  const lowest = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  if (!Number.isFinite(lowest)) throw new Error('The energy is not a finite number somewhere in the domain');
  let sum = 0;
  for (let k = 0; k < values.length; k++) {
    values[k] = Math.exp((lowest - values[k]) / kT);
    sum += values[k];
  }
  const integral = sum * spacing(axes[0]) * spacing(axes[1]);
  for (let k = 0; k < values.length; k++) values[k] /= integral;
  return { axes, values, logPartition: Math.log(integral) - lowest / kT };
}
