/**
 * Samples of windows, merged where the windows' energies hardly differ: the bias depends on the cv alone, so that samples
 * next to each other along it are one row of MBAR that counts for many.
 */
import { harmonicEnergy, periodOf, wrapped } from '../dynamics/bias-term.ts';
import { FREE_ENERGY_BINS } from '../dynamics/walkers.ts';
import { binOf } from './histogram.ts';

import type { MbarProblem } from './mbar-likelihood.ts';
import type { WindowSamples } from './window-samples.ts';

/** Places per thermal width of the stiffest window: the energy's curvature within one is then below 1e-3 kT. */
const PER_WIDTH = 16;
const MOST_PER_BIN = 256;
/** Places of WHAM per bin of the free energy. */
const WHAM_PER_BIN = 4;

export interface Places {
  /** Mean cv of the samples at each place, ascending; the middle of the place for WHAM. */
  readonly cv: Float64Array;
  /** Bin of the free energy, -1 outside the range of the cv. */
  readonly bin: Int32Array;
  /** Place of each row of the samples. */
  readonly of: Int32Array;
  /** `bias[place * windows + window]`, in kT. */
  readonly bias: Float64Array;
}

/** @param middles WHAM: samples count as if they were in the middle of a coarser bin */
export function placesOf({ setting, windows, cv }: WindowSamples, middles: boolean): Places {
  const { range } = setting.cv;
  const period = periodOf(setting.cv);
  const width = (range[1] - range[0]) / FREE_ENERGY_BINS;
  const stiffest = windows.reduce((most, { springConstant }) => Math.max(most, springConstant), 0);
  const fine = Math.ceil(PER_WIDTH * width * Math.sqrt(stiffest / setting.kT));
  const perBin = middles ? WHAM_PER_BIN : Math.min(MOST_PER_BIN, Math.max(4, fine));
  const step = width / perBin;
  const cell = new Float64Array(cv.length);
  const sums = new Map<number, { count: number; sum: number }>();
  cv.forEach((raw, n) => {
    const value = wrapped(raw, setting.cv);
    cell[n] = Math.floor((value - range[0]) / step);
    const place = sums.get(cell[n]);
    if (place) {
      place.count++;
      place.sum += value;
    } else sums.set(cell[n], { count: 1, sum: value });
  });
  const cells = [...sums.keys()].sort((a, b) => a - b);
  const index = new Map(cells.map((value, place) => [value, place]));
  const where = Float64Array.from(cells, (value) => {
    const { count, sum } = sums.get(value) as { count: number; sum: number };
    return middles ? range[0] + (value + 0.5) * step : sum / count;
  });
  const bias = new Float64Array(cells.length * windows.length);
  where.forEach((z, place) => {
    windows.forEach(({ center, springConstant }, k) => {
      bias[place * windows.length + k] = harmonicEnergy(z, center, springConstant, period) / setting.kT;
    });
  });
  return {
    cv: where,
    bin: Int32Array.from(where, (z) => binOf(z, ...range, FREE_ENERGY_BINS)),
    of: Int32Array.from(cell, (value) => index.get(value) as number),
    bias,
  };
}

/** Samples of each window at each place, `counts[window * places + place]`. */
export function countsOf({ window, windows }: WindowSamples, places: Places): Float64Array {
  const counts = new Float64Array(windows.length * places.cv.length);
  places.of.forEach((place, n) => {
    counts[window[n] * places.cv.length + place]++;
  });
  return counts;
}

/** MBAR of the windows, and the place of each of its rows. */
export function problemOf(
  places: Places,
  counts: Float64Array,
  windows: number,
  statisticalInefficiency?: ArrayLike<number>,
): { problem: MbarProblem; place: Int32Array } {
  const all = places.cv.length;
  const visited: number[] = [];
  counts.forEach((count, index) => {
    if (count > 0) visited.push(index);
  });
  const reduced = new Float64Array(visited.length * windows);
  const windowSizes = new Float64Array(windows);
  visited.forEach((index, row) => {
    const place = index % all;
    reduced.set(places.bias.subarray(place * windows, (place + 1) * windows), row * windows);
    windowSizes[Math.floor(index / all)] += counts[index];
  });
  const multiplicity = Float64Array.from(visited, (index) => counts[index]);
  return {
    problem: { reduced, windowSizes, multiplicity, statisticalInefficiency },
    place: Int32Array.from(visited, (index) => index % all),
  };
}
