/**
 * Mean first-passage times and committors from a generator (E, Vanden-Eijnden, Annu. Rev. Phys. Chem. 61, 391 (2010)).
 * The heavy functions are tasks: they yield the fraction done and return the answer.
 */

import { Problem } from '../message.ts';
import type { Task } from '../numerics/task.ts';
import type { GridGenerator } from './generator.ts';
import { message } from './messages.ts';
import { conductance, connected, eliminate, neighbours } from './network.ts';

/** Negative inside, positive outside, and about linear across the boundary, which is therefore placed within a cell. */
export type TargetSet = (q: readonly number[]) => number;

/**
 * States within `radius` of `center`.
 * @param periods of the coordinates that have one
 */
export function ball(
  center: readonly number[],
  radius: number,
  periods: readonly (number | undefined)[] = [],
): TargetSet {
  return (q) => {
    const offsets = q.map((value, d) => {
      const period = periods[d];
      const offset = value - center[d];
      return period ? offset - period * Math.round(offset / period) : offset;
    });
    return Math.hypot(...offsets) - radius;
  };
}

/** States with a coordinate at or above `threshold`. */
export function above(coordinate: number, threshold: number): TargetSet {
  return (q) => threshold - q[coordinate];
}

/** States with a coordinate at or below `threshold`. */
export function below(coordinate: number, threshold: number): TargetSet {
  return (q) => q[coordinate] - threshold;
}

/**
 * Mean time to reach `target` from each cell: -L T = 1 outside, T = 0 inside. `Infinity` where walls shut the target off,
 * `NaN` in walls.
 * @throws Error when no cell centre lies in the target
 */
export function* meanFirstPassageTime(grid: GridGenerator, target: TargetSet): Task<Float64Array> {
  const { free, ground, inside } = boundary(grid, [target]);
  const { solve } = yield* eliminate({ ...grid, free, ground });
  const times = solve(grid.weights);
  return times.map((time, k) => {
    if (grid.weights[k] === 0) return Number.NaN;
    return free[k] || inside[k] ? time : Number.POSITIVE_INFINITY;
  });
}

/**
 * Probability to reach `to` before `from` from each cell: L q = 0 outside, 0 in `from`, 1 in `to`. `NaN` in walls and
 * where walls shut off both.
 * @throws Error when no cell centre lies in one of the two, or when they overlap
 */
export function* committor(grid: GridGenerator, from: TargetSet, to: TargetSet): Task<Float64Array> {
  const { free, ground, inside, toLast } = boundary(grid, [from, to]);
  const { solve } = yield* eliminate({ ...grid, free, ground });
  const values = solve(toLast);
  return values.map((value, k) => (free[k] ? value : [Number.NaN, 0, 1][inside[k]]));
}

interface Boundary {
  /** Number of the region, counted from 1, that holds the cell; 0 outside and in walls. */
  readonly inside: Uint8Array;
  /** 1 for cells outside from which a region can be reached. */
  readonly free: Uint8Array;
  /** Conductance from each free cell to the regions, and the part of it that leads to the last one. */
  readonly ground: Float64Array;
  readonly toLast: Float64Array;
}

function boundary(grid: GridGenerator, regions: readonly TargetSet[]): Boundary {
  const { axes, nx, weights } = grid;
  const count = weights.length;
  const inside = new Uint8Array(count);
  const distances = regions.map((region, r) => {
    const values = Float64Array.from({ length: count }, (_, k) =>
      region(axes.map((axis, d) => axis[d === 0 ? k % nx : Math.floor(k / nx)])),
    );
    for (let k = 0; k < count; k++) {
      if (weights[k] === 0 || values[k] > 0) continue;
      if (inside[k]) throw new Error('sets overlap');
      inside[k] = r + 1;
    }
    if (!inside.includes(r + 1)) throw new Problem(message('target-too-small', {}));
    return values;
  });
  const ground = new Float64Array(count);
  const toLast = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    if (inside[k] || weights[k] === 0) continue;
    for (const next of neighbours(grid, k)) {
      if (!inside[next]) continue;
      const distance = distances[inside[next] - 1];
      const value = shortened(grid, k, next, distance[k] / (distance[k] - distance[next]));
      ground[k] += value;
      if (inside[next] === regions.length) toLast[k] += value;
    }
  }
  const seeds = ground.map(Math.sign);
  return { inside, free: connected(grid, seeds, inside), ground, toLast };
}

/**
 * Conductance from a cell to a boundary at `share` of the way to its neighbour, with the energy in the middle of that way
 * (Gibou, Fedkiw, Cheng, Kang, J. Comput. Phys. 176, 205 (2002)).
 */
function shortened(grid: GridGenerator, cell: number, next: number, share: number): number {
  const tilt = (grid.weights[cell] / grid.weights[next]) ** ((1 - share) / 2);
  return (conductance(grid, cell, next) * tilt) / share;
}
