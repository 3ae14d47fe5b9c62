/** Mean forces in bins of a collective variable, the bias that they ask for and the free energy that they add up to. */

import { binOf } from '../../estimators/histogram.ts';
import type { SplineBias } from '../../expression/spline.ts';
import { FEWEST_GROUPS, influenceError } from '../../numerics/resampling.ts';
import type { FreeEnergyEstimate } from '../../numerics/results.ts';
import { binCenters } from '../../numerics/results.ts';
import type { CollectiveVariable } from '../../systems/contract.ts';

export interface Closure {
  /** What is left of F after a full turn, in kT. */
  readonly value: number;
  readonly stderr: number;
}

export class ForceProfile {
  /** Samples and their summed force, `[group * bins + bin]`; and those of all groups together. */
  private readonly counts: Float64Array;
  private readonly sums: Float64Array;
  readonly samples: Float64Array;
  private readonly forces: Float64Array;
  private readonly width: number;

  /** @param groups parts of the samples that know nothing of each other  @param fullSamples from which on a bin is trusted */
  constructor(
    private readonly cv: CollectiveVariable,
    readonly bins: number,
    private readonly groups: number,
    private readonly fullSamples: number,
    private readonly kT: number,
  ) {
    this.counts = new Float64Array(groups * bins);
    this.sums = new Float64Array(groups * bins);
    this.samples = new Float64Array(bins);
    this.forces = new Float64Array(bins);
    this.width = (cv.range[1] - cv.range[0]) / bins;
  }

  /** @param force in energy per unit of the cv; counts for nothing if it is not finite */
  add(group: number, cv: number, force: number): void {
    const bin = binOf(cv, ...this.cv.range, this.bins);
    if (bin < 0 || !Number.isFinite(force)) return;
    this.counts[group * this.bins + bin]++;
    this.sums[group * this.bins + bin] += force;
    this.samples[bin]++;
    this.forces[bin] += force;
  }

  /** Mean force in a bin; 0 without samples. */
  private mean(bin: number): number {
    return this.samples[bin] > 0 ? this.forces[bin] / this.samples[bin] : 0;
  }

  /** Share of the bins in which the whole mean force is applied. */
  get full(): number {
    return this.samples.filter((n) => n >= this.fullSamples).length / this.bins;
  }

  /**
   * Writes minus the integral of the mean forces, each scaled by samples/fullSamples up to 1. The slope of the spline is the mean
   * force of the bins, smoothed over neighbours by 1/8, 3/4, 1/8; along a ring less its mean, so that the bias closes.
   */
  writeBias({ coefficients }: SplineBias): void {
    const { bins, width, fullSamples } = this;
    const applied = this.samples.map((n, bin) => Math.min(1, n / fullSamples) * this.mean(bin));
    const periodic = this.cv.periodic === true;
    const mean = periodic ? applied.reduce((a, b) => a + b, 0) / bins : 0;
    const at = (bin: number) =>
      applied[periodic ? (bin + bins) % bins : Math.min(bins - 1, Math.max(0, bin))] - mean;
    for (let i = 1; i < coefficients.length; i++) coefficients[i] = coefficients[i - 1] - width * at(i - 2);
  }

  /** First and last bin of the longest way without a gap, by samples; null without samples. */
  private stretch(): readonly [number, number] | null {
    let best: { first: number; last: number; weight: number } | null = null;
    for (let bin = 0; bin < this.bins; ) {
      const first = bin;
      let weight = 0;
      while (bin < this.bins && this.samples[bin] > 0) weight += this.samples[bin++];
      if (weight > (best?.weight ?? 0)) best = { first, last: bin - 1, weight };
      if (bin === first) bin++;
    }
    return best && [best.first, best.last];
  }

  /**
   * F at the middles of `places` equal bins of the range, in kT, where there is a way of sampled bins from the best known part.
   * Errors from the spread of the groups, each taken as a whole: forces in neighbouring bins, or at later times, may be
   * correlated as they like. They are those of -log(share of the bin).
   */
  freeEnergy(places: number): FreeEnergyEstimate {
    const cv = binCenters(...this.cv.range, places);
    const [F, stderr] = [0, 1].map(() => new Float64Array(places).fill(Number.NaN));
    const stretch = this.stretch();
    if (!stretch) return { of: 'point', cv, F, stderr };
    const all = this.profile((bin) => this.mean(bin) / this.kT, stretch, cv);
    F.set(all);
    const lowest = F.reduce((a, b) => (b < a ? b : a), Number.POSITIVE_INFINITY);
    const shares = F.map((value) => (Number.isNaN(value) ? 0 : Math.exp(lowest - value)));
    const total = shares.reduce((a, b) => a + b, 0);
    const squares = new Float64Array(places);
    for (let group = 0; group < this.groups; group++) {
      const moved = this.profile((bin) => this.influence(group, bin), stretch, cv);
      const mean = moved.reduce((sum, m, i) => sum + (shares[i] > 0 ? (shares[i] / total) * m : 0), 0);
      moved.forEach((m, i) => {
        squares[i] += (m - mean) ** 2;
      });
    }
    if (this.groups >= FEWEST_GROUPS) stderr.set(squares.map((sum) => influenceError(sum, this.groups)));
    return { of: 'point', cv, F: F.map((value) => value - lowest), stderr };
  }

  /** How much a group moves the mean force of a bin, in kT. */
  private influence(group: number, bin: number): number {
    const k = group * this.bins + bin;
    const n = this.samples[bin];
    return n > 0 ? (this.sums[k] - this.mean(bin) * this.counts[k]) / (n * this.kT) : 0;
  }

  /** Integral of `gradient` over a stretch of bins, at `cv`; NaN beyond it. */
  private profile(
    gradient: (bin: number) => number,
    [first, last]: readonly [number, number],
    cv: Float64Array,
  ): Float64Array {
    const [low] = this.cv.range;
    const slopes = Float64Array.from({ length: last - first + 1 }, (_, k) => gradient(first + k));
    const edges = new Float64Array(slopes.length + 1);
    for (let k = 0; k < slopes.length; k++) edges[k + 1] = edges[k] + this.width * slopes[k];
    return cv.map((z) => {
      const place = (z - low) / this.width - first;
      const k = Math.floor(place);
      if (k < 0 || k >= slopes.length) return Number.NaN;
      return edges[k] + (place - k) * this.width * bent(slopes, k, place - k);
    });
  }

  /** What is left after a full turn, and how sure that is; null where there is no ring or it has gaps. */
  closure(): Closure | null {
    if (!this.cv.periodic || this.samples.includes(0)) return null;
    const turn = (gradient: (bin: number) => number) =>
      this.samples.reduce((sum, _, bin) => sum + this.width * gradient(bin), 0);
    let squares = 0;
    for (let group = 0; group < this.groups; group++)
      squares += turn((bin) => this.influence(group, bin)) ** 2;
    return {
      value: turn((bin) => this.mean(bin) / this.kT),
      stderr: this.groups >= FEWEST_GROUPS ? influenceError(squares, this.groups) : Number.NaN,
    };
  }
}

/** Mean slope over the first part `t` of bin k, if the slope within it changes as from its left to its right neighbour. */
function bent(slopes: Float64Array, k: number, t: number): number {
  if (k === 0 || k === slopes.length - 1) return slopes[k];
  return slopes[k] + ((slopes[k + 1] - slopes[k - 1]) * (t - 1)) / 4;
}
