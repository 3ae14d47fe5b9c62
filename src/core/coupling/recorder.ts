/** Visits of the windows of a method, and what follows from them: F by WHAM, its errors, conditional distributions. */

import { harmonicEnergy } from '../dynamics/bias-term.ts';
import { binOf } from '../estimators/histogram.ts';
import { wham } from '../estimators/wham.ts';
import type { Window } from '../estimators/window-samples.ts';
import { Draws } from '../numerics/draws.ts';
import type { RandomStream } from '../numerics/random.ts';
import { drawGroups, standardDeviation } from '../numerics/resampling.ts';
import type { FreeEnergy, FreeEnergyEstimate } from '../numerics/results.ts';
import { binCenters } from '../numerics/results.ts';
import type { CollectiveVariable } from '../systems/contract.ts';

/** Bins of F along the cv, over its range. */
export const COUPLE_BINS = 120;
/** Cells of conditional distributions over the plotted range of the first remaining coordinate. */
export const CONDITIONAL_CELLS = 40;
/** Times that groups are drawn again for an error. */
const REPLICAS = 24;

/** Visits of the first remaining coordinate while the cv was within half a bin of `at`. */
export interface ConditionalVisits {
  readonly at: number;
  readonly range: readonly [number, number];
  readonly counts: Float64Array;
}

export interface RecorderOptions {
  readonly cv: CollectiveVariable;
  readonly kT: number;
  /** Plotted range of the first remaining coordinate. */
  readonly rest: readonly [number, number];
  /** Values of the cv whose conditional distributions are counted. */
  readonly at: readonly number[];
  /** Independent groups into which visits of a window are sorted: walkers, or stretches of time. */
  readonly groups: number;
}

/** A bias of the cv alone leaves every conditional distribution as it is: visits of all windows count alike there. */
export class Recorder {
  visits = 0;
  private readonly counts: Float64Array;
  private readonly distributions: readonly ConditionalVisits[];

  /** @param windows a spring constant of 0 stands for walkers without a bias */
  constructor(
    private readonly windows: readonly Window[],
    private readonly options: RecorderOptions,
  ) {
    this.counts = new Float64Array(windows.length * options.groups * COUPLE_BINS);
    this.distributions = options.at.map((at) => ({
      at,
      range: options.rest,
      counts: new Float64Array(CONDITIONAL_CELLS),
    }));
  }

  /** One visit of each walker. @param rest the first remaining coordinate comes first  @param window and `group` of each walker */
  add(cv: Float64Array, rest: Float64Array, window: ArrayLike<number>, group: ArrayLike<number>): void {
    const { range } = this.options.cv;
    const { groups } = this.options;
    const half = (range[1] - range[0]) / COUPLE_BINS / 2;
    for (let w = 0; w < cv.length; w++) {
      const bin = binOf(cv[w], ...range, COUPLE_BINS);
      if (bin >= 0) this.counts[(window[w] * groups + group[w]) * COUPLE_BINS + bin]++;
    }
    this.visits += cv.length;
    for (const { at, range: ofRest, counts } of this.distributions)
      for (let w = 0; w < cv.length; w++) {
        if (Math.abs(cv[w] - at) > half) continue;
        const cell = binOf(rest[w], ...ofRest, CONDITIONAL_CELLS);
        if (cell >= 0) counts[cell]++;
      }
  }

  conditional(): ConditionalVisits[] {
    return this.distributions.map((distribution) => ({
      ...distribution,
      counts: distribution.counts.slice(),
    }));
  }

  /** Visits of each bin, of all windows together. */
  byBin(): Float64Array {
    const out = new Float64Array(COUPLE_BINS);
    this.counts.forEach((count, i) => {
      out[i % COUPLE_BINS] += count;
    });
    return out;
  }

  /** F on the bins in kT, minimum 0, NaN where nothing was visited; null before the first visit. */
  freeEnergy(): FreeEnergy | null {
    return this.solve((k, bin) => {
      let sum = 0;
      for (let g = 0; g < this.options.groups; g++) sum += this.count(k, g, bin);
      return sum;
    });
  }

  /**
   * F with standard errors: the spread of F, each against its mean over the bins known to all, when the groups of every window
   * are drawn again.
   */
  estimate(stream: RandomStream): FreeEnergyEstimate | null {
    const found = this.freeEnergy();
    if (!found) return null;
    const draws = new Draws(stream);
    const replicas = Array.from({ length: REPLICAS }, () => this.redrawn(draws)).filter((F) => F !== null);
    return { ...found, of: 'bin', stderr: spreadOf(replicas, found.F) };
  }

  private redrawn(draws: Draws): Float64Array | null {
    const { groups } = this.options;
    const times = new Float64Array(this.windows.length * groups);
    this.windows.forEach((_, k) => {
      drawGroups(times, k * groups, groups, draws);
    });
    const again = this.solve((k, bin) => {
      let sum = 0;
      for (let g = 0; g < groups; g++) sum += times[k * groups + g] * this.count(k, g, bin);
      return sum;
    });
    return again?.F ?? null;
  }

  private count(window: number, group: number, bin: number): number {
    return this.counts[(window * this.options.groups + group) * COUPLE_BINS + bin];
  }

  private solve(countOf: (window: number, bin: number) => number): FreeEnergy | null {
    const { cv, kT } = this.options;
    const centers = binCenters(...cv.range, COUPLE_BINS);
    const rows = this.windows.map((_, k) => Float64Array.from(centers, (_, bin) => countOf(k, bin)));
    const used = rows.flatMap((row, k) => (row.some((count) => count > 0) ? [k] : []));
    if (used.length === 0) return null;
    const counts = new Float64Array(used.length * COUPLE_BINS);
    const bias = new Float64Array(counts.length);
    used.forEach((k, i) => {
      counts.set(rows[k], i * COUPLE_BINS);
      const { center, springConstant } = this.windows[k];
      centers.forEach((z, bin) => {
        bias[i * COUPLE_BINS + bin] = harmonicEnergy(z, center, springConstant) / kT;
      });
    });
    const { freeEnergy: F } = wham({ counts, bias, windows: used.length });
    return { cv: centers, F };
  }
}

/** Standard deviation of each bin over the replicas, each shifted to the mean 0 over the bins that all of them know. */
function spreadOf(replicas: readonly Float64Array[], F: Float64Array): Float64Array {
  const known = [...F.keys()].filter((bin) =>
    [F, ...replicas].every((values) => Number.isFinite(values[bin])),
  );
  const shifted = replicas.map((values) => {
    const center = known.reduce((sum, bin) => sum + values[bin], 0) / known.length;
    return values.map((value) => value - center);
  });
  return F.map((_, bin) => {
    const values = shifted.map((replica) => replica[bin]).filter(Number.isFinite);
    return values.length < REPLICAS / 2 ? Number.NaN : standardDeviation(values);
  });
}
