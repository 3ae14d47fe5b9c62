/** The energy of a system at many places, and its shape at one. */

import { symmetricEigen } from '../numerics/symmetric-eigen.ts';
import type { SystemModel } from './model.ts';

/** Length over which gradients are differenced, relative to the size of the coordinate (at least 1). */
const DIFFERENCE = 1e-5;

const MOST_NEWTON_STEPS = 50;

/** Newton stops when it moves less than this, relative to the size of the coordinates (at least 1). */
const SETTLED = 1e-10;

/** Second derivatives of the energy, by central differences of its gradient, symmetrised. */
export function hessian(model: SystemModel, at: readonly number[]): number[][] {
  return hessianOf((q) => model.gradientAt(q), at);
}

/**
 * The stationary point of the energy near `start` by Newton's method: minima and saddles alike. Facts of a system hold at
 * its default parameters; this follows them when parameters change.
 * @throws Error when Newton's method does not settle
 */
export function stationaryPoint(model: SystemModel, start: readonly number[]): number[] {
  let at = [...start];
  for (let step = 0; step < MOST_NEWTON_STEPS; step++) {
    const { values, vectors } = symmetricEigen(hessian(model, at));
    const gradient = model.gradientAt(at);
    const move = at.map(() => 0);
    vectors.forEach((vector, k) => {
      const slope = vector.reduce((sum, value, d) => sum + value * gradient[d], 0);
      for (const [d, value] of vector.entries()) move[d] -= (slope / values[k]) * value;
    });
    at = at.map((value, d) => value + move[d]);
    if (Math.hypot(...move) <= SETTLED * Math.max(1, Math.hypot(...at))) return at;
  }
  throw new Error('no stationary point');
}

/** Energies on the nodes of a grid in one or two dimensions, row by row (`values[j * nx + i]`). */
export function energiesOn(model: SystemModel, axes: readonly Float64Array[]): Float64Array {
  const q = nodesOf(axes);
  const energies = new Float64Array(q.length / axes.length);
  model.energy(q, energies.length, energies);
  return energies;
}

/** Coordinates of all nodes, one coordinate after the other. */
export function nodesOf([xs, ys]: readonly Float64Array[]): Float64Array {
  if (!ys) return xs;
  const count = xs.length * ys.length;
  const q = new Float64Array(2 * count);
  for (let j = 0; j < ys.length; j++) {
    q.set(xs, j * xs.length);
    q.fill(ys[j], count + j * xs.length, count + (j + 1) * xs.length);
  }
  return q;
}

/** The same of any function whose gradient is given. */
export function hessianOf(gradient: (q: readonly number[]) => number[], at: readonly number[]): number[][] {
  const columns = at.map((value, d) => {
    const step = DIFFERENCE * Math.max(1, Math.abs(value));
    const shifted = (sign: number): number[] => gradient(at.with(d, value + sign * step));
    const [ahead, behind] = [shifted(1), shifted(-1)];
    return ahead.map((slope, i) => (slope - behind[i]) / (2 * step));
  });
  return columns.map((column, i) => column.map((value, j) => (value + columns[j][i]) / 2));
}
