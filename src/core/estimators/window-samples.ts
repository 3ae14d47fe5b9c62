/** Samples of restrained windows, sorted by window and walker. */
import { periodOf, shortest } from '../dynamics/bias-term.ts';
import type { Points } from '../numerics/results.ts';
import type { CollectiveVariable } from '../systems/contract.ts';
import type { SystemModel } from '../systems/model.ts';
import { statisticalInefficiency } from './autocorrelation.ts';

export interface Window {
  readonly center: number;
  /** Of springConstant/2 (cv - center)^2. */
  readonly springConstant: number;
}

/** Rows of restrained walkers, those of each walker in the order of time at equal intervals. */
export interface WindowSamples {
  /** With `model`, warnings name coordinates, and periodic ones are compared the shorter way round. */
  readonly setting: { readonly kT: number; readonly cv: CollectiveVariable; readonly model?: SystemModel };
  readonly windows: readonly Window[];
  /** Collective variable of each row. */
  readonly cv: Float64Array;
  /** Window of each row. */
  readonly window: Int32Array;
  /**
   * Walker of each row, numbered through all windows. Where walkers change windows, the number of the chain of samples that
   * is to be taken as one series.
   */
  readonly walker: Int32Array;
  /** For each walker 1 if it came to its window from the far side. */
  readonly backward: Uint8Array;
  /** Coordinates of each row. */
  readonly states: Points;
}

/** Rows of one walker in one window, ascending. */
export interface Visit {
  readonly walker: number;
  readonly rows: Int32Array;
}

/** What each walker did in each window: `visits[window]`, in the order of walkers. */
export function visitsOf({ windows, window, walker }: WindowSamples): Visit[][] {
  const walkers = 1 + walker.reduce((a, b) => Math.max(a, b), -1);
  const sizes = new Map<number, number>();
  for (let n = 0; n < window.length; n++) {
    const key = window[n] * walkers + walker[n];
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  const rows = new Map<number, Int32Array>();
  for (const [key, size] of sizes) rows.set(key, new Int32Array(size));
  const filled = new Map<number, number>();
  for (let n = 0; n < window.length; n++) {
    const key = window[n] * walkers + walker[n];
    const at = filled.get(key) ?? 0;
    (rows.get(key) as Int32Array)[at] = n;
    filled.set(key, at + 1);
  }
  const visits: Visit[][] = windows.map(() => []);
  for (const key of [...rows.keys()].sort((a, b) => a - b)) {
    const list = rows.get(key) as Int32Array;
    visits[Math.floor(key / walkers)].push({ walker: key % walkers, rows: list });
  }
  return visits;
}

/** The cv of every row as a number next to the centre of its window: on a ring it is not wrapped away from it. */
export function unwrapped({ setting, windows, cv, window }: WindowSamples): Float64Array {
  const period = periodOf(setting.cv);
  if (period === undefined) return cv;
  return cv.map((value, n) => {
    const { center } = windows[window[n]];
    return center + shortest(value - center, period);
  });
}

/** Moments of a window, and how many of its samples count. */
export interface WindowMoments {
  /** NaN without samples. */
  readonly mean: number;
  readonly variance: number;
  readonly samples: number;
  /** Correlated samples per independent one: of the cv, all walkers about one mean. */
  readonly statisticalInefficiency: number;
}

/** @param cv from `unwrapped` */
export function momentsOf(visits: readonly Visit[], cv: Float64Array): WindowMoments {
  let [samples, sum] = [0, 0];
  for (const { rows } of visits) for (const n of rows) sum += cv[n];
  for (const { rows } of visits) samples += rows.length;
  const mean = sum / samples;
  let squares = 0;
  for (const { rows } of visits) for (const n of rows) squares += (cv[n] - mean) ** 2;
  return {
    mean,
    variance: squares / Math.max(1, samples - 1),
    samples,
    statisticalInefficiency: inefficiencyOf(visits, cv),
  };
}

/** Of a series by row. */
export function inefficiencyOf(visits: readonly Visit[], values: ArrayLike<number>): number {
  const { series, walkers } = seriesOf(visits, values);
  return statisticalInefficiency(series, Math.max(1, walkers))?.value ?? 1;
}

/**
 * `series[walker * frames + frame]` of a window, as long as its shortest walker, ends aligned, and which walkers these are.
 * Walkers that were there for less than half the time of others are left out.
 */
export function seriesOf(
  visits: readonly Visit[],
  values: ArrayLike<number>,
): { readonly series: Float64Array; readonly walkers: number; readonly of: readonly number[] } {
  const longest = visits.reduce((most, { rows }) => Math.max(most, rows.length), 0);
  const long = visits.filter(({ rows }) => 2 * rows.length >= longest);
  const frames = long.reduce((least, { rows }) => Math.min(least, rows.length), longest);
  const series = new Float64Array(long.length * frames);
  long.forEach(({ rows }, w) => {
    for (let t = 0; t < frames; t++) series[w * frames + t] = values[rows[rows.length - frames + t]];
  });
  return { series, walkers: long.length, of: long.map(({ walker }) => walker) };
}
