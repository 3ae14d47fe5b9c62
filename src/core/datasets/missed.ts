/** What data cannot tell: wells in which they have no state. */

import { Basins } from '../exact/basins.ts';
import { wellShares } from '../exact/wells.ts';
import type { Message } from '../message.ts';
import type { Points } from '../numerics/results.ts';
import type { SystemModel } from '../systems/model.ts';
import { message } from './messages.ts';

/** A well in which the data have fewer states than equilibrium has. */
export interface RareWell {
  readonly name: string;
  /** Shares of the states in the domain and of the exact probability. */
  readonly data: number;
  readonly exact: number;
}

export interface Missed {
  /** Exact equilibrium probability of the basins (of steepest descent) in which the data have no state, 0 to 1. */
  readonly share: number;
  /** Names of their minima. */
  readonly wells: readonly string[];
  /** Stated minima in all. */
  readonly of: number;
  /** Of the wells that the data have visited, that of which they lack most; null if they lack little. */
  readonly rare: RareWell | null;
}

/** Lack of probability that is worth a word. */
const WORTH_TELLING = 0.1;

/** States in the domain alone count: those beyond its border are in no basin that is known. */
export function missedWells(model: SystemModel, kT: number, points: Points): Missed {
  const { minima } = model.system.facts;
  const counts = countsOf(model, points);
  const total = counts.reduce((a, b) => a + b, 0);
  const shares = wellShares(model, kT);
  const missed = minima.flatMap((_, well) => (counts[well] > 0 ? [] : [well]));
  const rare = minima
    .map(({ name }, well) => ({ name, data: counts[well] / total, exact: shares[well] }))
    .filter(({ data, exact }) => data > 0 && exact - data > WORTH_TELLING)
    .sort((a, b) => b.exact - b.data - (a.exact - a.data));
  return {
    share: missed.reduce((sum, well) => sum + shares[well], 0),
    wells: missed.map((well) => minima[well].name),
    of: minima.length,
    rare: rare[0] ?? null,
  };
}

/** States of the domain in the basin of each minimum. */
function countsOf(model: SystemModel, { dimension, values }: Points): Float64Array {
  const { domain, facts } = model.system;
  const basins = new Basins(model);
  const counts = new Float64Array(facts.minima.length);
  for (let i = 0; i < values.length; i += dimension) {
    const state = values.subarray(i, i + dimension);
    if (state.every((value, d) => value >= domain[d][0] && value <= domain[d][1]))
      counts[basins.at(...state)]++;
  }
  return counts;
}

/** What is missed, to be told; null where nothing is. */
export function missedRemark({ share, wells, of, rare }: Missed): Message | null {
  if (wells.length > 0) return message('wells-missed', { wells, of, share });
  return rare && message('well-rare', rare);
}
