/** Small pictures of systems, from their own equation: what is drawn, without the canvas it is drawn on. */

import { Interpreter } from '../core/expression/interpret.ts';
import { linspace } from '../core/numerics/results.ts';
import type { SystemModel } from '../core/systems/model.ts';
import { extent } from './figure.ts';

export const THUMBNAIL = { width: 72, height: 54 } as const;

export type Thumbnail =
  /** Heights between 0 and 1 over the width, from the bottom. */
  | { readonly kind: 'curve'; readonly heights: Float64Array }
  /** Shares of the range of energies, row by row from the top. */
  | { readonly kind: 'landscape'; readonly shares: Float64Array }
  /** Lines along the drift, in shares of width and height from the upper left. */
  | { readonly kind: 'flow'; readonly lines: readonly Float64Array[] };

/** Energy that is shown, in units of the highest pass. */
const SHOWN_PASSES = 2;
const CURVE_NODES = 120;

export function thumbnailOf(model: SystemModel, kT: number): Thumbnail {
  if (model.energyNode === null) return { kind: 'flow', lines: flowLines(model) };
  const { minima, saddles } = model.system.facts;
  const deepest = Math.min(...minima.map(({ energy }) => energy));
  const passes = saddles.map(({ energy }) => energy - deepest);
  const top = Math.max(6 * kT, SHOWN_PASSES * Math.max(0, ...passes));
  const shares = (energies: Float64Array) => {
    const [lowest] = extent(energies);
    return energies.map((energy) => (Number.isFinite(energy) ? Math.min(1, (energy - lowest) / top) : 1));
  };
  if (model.dimension === 1) {
    const x = linspace(...model.system.domain[0], CURVE_NODES);
    return { kind: 'curve', heights: shares(energiesAt(model, x, CURVE_NODES)) };
  }
  const { width, height } = THUMBNAIL;
  return { kind: 'landscape', shares: shares(energiesAt(model, planeOf(model), width * height)) };
}

function energiesAt(model: SystemModel, q: Float64Array, count: number): Float64Array {
  const energies = new Float64Array(count);
  model.energy(q, count, energies);
  return energies;
}

/** The plane of the first two coordinates; all others follow the second, as the sites of a chain would. */
function planeOf({ dimension, system }: SystemModel): Float64Array {
  const { width, height } = THUMBNAIL;
  const count = width * height;
  const [[x0, x1], [y0, y1]] = system.domain;
  const q = new Float64Array(dimension * count);
  for (let k = 0; k < count; k++) {
    q[k] = x0 + (((k % width) + 0.5) / width) * (x1 - x0);
    const y = y1 - ((Math.floor(k / width) + 0.5) / height) * (y1 - y0);
    for (let d = 1; d < dimension; d++) q[d * count + k] = y;
  }
  return q;
}

const SEEDS = [0.12, 0.31, 0.5, 0.69, 0.88];
const STEPS = 36;
/** Length of a step, as a share of the domain. */
const STEP = 0.011;

/** Lines of the drift of the first two state variables, from a lattice of points; others rest at the middle. */
function flowLines(model: SystemModel): Float64Array[] {
  const drift = new Interpreter(model.graph, model.driftNodes, model.state, model.parameters);
  const seen = new Interpreter(model.graph, model.observed, model.state, model.parameters);
  const { domain } = model.system;
  const middle = domain.map(([low, high]) => (low + high) / 2);
  const share = (at: readonly number[]) =>
    [0, 1].map((d) => (at[d] - domain[d][0]) / (domain[d][1] - domain[d][0]));
  return SEEDS.flatMap((sx) =>
    SEEDS.map((sy) => {
      const seed = middle.map((value, d) => {
        const [low, high] = domain[d];
        return d < 2 ? low + [sx, sy][d] * (high - low) : value;
      });
      let state = model.stateAt(seed);
      const line = new Float64Array(2 * STEPS);
      for (let step = 0; step < STEPS; step++) {
        const [x, y] = share(seen.at(state));
        line.set([x, 1 - y], 2 * step);
        const push = drift.at(state);
        const speed = Math.hypot(...push.map((value, d) => value / (domain[d][1] - domain[d][0]))) || 1;
        state = state.map((value, d) => value + (STEP * push[d]) / speed);
      }
      return line;
    }),
  );
}
