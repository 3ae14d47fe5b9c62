/** Which training state comes next. */

/** Bins along the slow variable when states are drawn evenly along it. */
const BINS = 100;
/** A bin with fewer states than this is drawn less often in proportion: one stray state must not fill the minibatch. */
const FULL_BIN = 10;

export interface Sampler {
  /** Maps two uniform numbers to the index of a training state. */
  pick(first: number, second: number): number;
  /** Probability of every state. */
  readonly probabilities: Float64Array;
}

/** Every state with the same probability. */
export function plainSampler(count: number): Sampler {
  return {
    pick: (first) => Math.min(count - 1, Math.floor(first * count)),
    probabilities: new Float64Array(count).fill(1 / count),
  };
}

/**
 * Evenly along the slow variable: a bin, then a state of that bin. Which states a bin holds follows the data, and each
 * state comes with its own cv, so the distribution of the rest given the cv is untouched whatever the bins are. O(1) a draw:
 * bins stand in a list of tickets, up to `FULL_BIN` for each.
 */
export function flatSampler(cv: Float32Array): Sampler {
  const { order, starts } = sortedIntoBins(cv);
  const size = (bin: number) => starts[bin + 1] - starts[bin];
  const ticketsOf = (bin: number) => Math.min(FULL_BIN, size(bin));
  const tickets = Array.from({ length: BINS }, (_, bin) =>
    new Array<number>(ticketsOf(bin)).fill(bin),
  ).flat();
  const probabilities = new Float64Array(cv.length);
  for (let bin = 0; bin < BINS; bin++)
    for (const state of order.subarray(starts[bin], starts[bin + 1]))
      probabilities[state] = ticketsOf(bin) / (tickets.length * size(bin));
  return {
    pick: (first, second) => {
      const bin = tickets[Math.min(tickets.length - 1, Math.floor(first * tickets.length))];
      return order[starts[bin] + Math.min(size(bin) - 1, Math.floor(second * size(bin)))];
    },
    probabilities,
  };
}

/** Indices of the states ordered by bin; bin `b` holds `order[starts[b] .. starts[b + 1] - 1]`. */
function sortedIntoBins(cv: Float32Array): { order: Uint32Array; starts: Uint32Array } {
  const low = cv.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = cv.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const binOf = (value: number) => Math.min(BINS - 1, Math.floor(((value - low) / (high - low || 1)) * BINS));
  const starts = new Uint32Array(BINS + 1);
  for (const value of cv) starts[binOf(value) + 1]++;
  for (let bin = 0; bin < BINS; bin++) starts[bin + 1] += starts[bin];
  const next = starts.slice();
  const order = new Uint32Array(cv.length);
  for (let i = 0; i < cv.length; i++) order[next[binOf(cv[i])]++] = i;
  return { order, starts };
}
