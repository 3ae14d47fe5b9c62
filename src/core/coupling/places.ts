/** Where walkers of a new window begin along the cv. */
import { harmonicEnergy } from '../dynamics/bias-term.ts';
import type { Window } from '../estimators/window-samples.ts';
import { Cumulative } from '../numerics/cumulative.ts';
import type { FreeEnergy } from '../numerics/results.ts';
import { linspace } from '../numerics/results.ts';

/** Visits from which on a bin is believed. */
const ENOUGH = 10;
/** Reach of a window in its thermal widths, and nodes on it. */
const REACH = 4;
const NODES = 161;

/** F as a function of the cv: linear between bins that are known, and beyond them along the slope of the last ones. */
export function extended(
  { cv, F }: FreeEnergy,
  visits: Float64Array,
  fitted: number,
): (at: number) => number {
  const enough = [...F.keys()].filter((i) => Number.isFinite(F[i]) && visits[i] >= ENOUGH);
  const known = enough.length > 1 ? enough : [...F.keys()].filter((i) => Number.isFinite(F[i]));
  const [first, last] = [known[0], known[known.length - 1]];
  const lower = lineThrough(
    known.filter((i) => cv[i] <= cv[first] + fitted),
    { cv, F },
    visits,
  );
  const upper = lineThrough(
    known.filter((i) => cv[i] >= cv[last] - fitted),
    { cv, F },
    visits,
  );
  return (at) => {
    if (at <= cv[first]) return lower(at);
    if (at >= cv[last]) return upper(at);
    const right = known.findIndex((i) => cv[i] > at);
    const [a, b] = [known[right - 1], known[right]];
    return F[a] + ((F[b] - F[a]) * (at - cv[a])) / (cv[b] - cv[a]);
  };
}

/** Least squares, each bin with the weight of its visits. */
function lineThrough(
  bins: readonly number[],
  { cv, F }: FreeEnergy,
  visits: Float64Array,
): (at: number) => number {
  const total = bins.reduce((sum, i) => sum + visits[i], 0);
  const mean = (value: (i: number) => number) =>
    bins.reduce((sum, i) => sum + visits[i] * value(i), 0) / total;
  const [z, f] = [mean((i) => cv[i]), mean((i) => F[i])];
  const variance = mean((i) => (cv[i] - z) ** 2);
  const slope = variance > 0 ? mean((i) => (cv[i] - z) * (F[i] - f)) / variance : 0;
  return (at) => f + slope * (at - z);
}

/** Quantiles of exp(-F - bias) at these levels: the distribution of the cv in the window, not a Gaussian about its centre. */
export function placesIn(
  { center, springConstant }: Window,
  F: (at: number) => number,
  kT: number,
  levels: Float64Array,
): Float64Array {
  const reach = REACH * Math.sqrt(kT / springConstant);
  const nodes = linspace(center - reach, center + reach, NODES);
  const energies = nodes.map((z) => F(z) + harmonicEnergy(z, center, springConstant) / kT);
  const lowest = energies.reduce((a, b) => Math.min(a, b));
  const distribution = new Cumulative(
    nodes,
    energies.map((energy) => Math.exp(lowest - energy)),
  );
  return levels.map((u) => distribution.quantile(u));
}
