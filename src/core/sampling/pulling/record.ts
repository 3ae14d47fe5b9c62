/** What walkers did while they were pulled: slices of their paths, and the work done on them. */

import { wrapped } from '../../dynamics/bias-term.ts';
import { FREE_ENERGY_BINS } from '../../dynamics/walkers.ts';
import type { WeightedStates } from '../../estimators/finding.ts';
import { binOf } from '../../estimators/histogram.ts';
import {
  type PulledPaths,
  type Pulls,
  pulledLogWeights,
  pulledShares,
} from '../../estimators/pulled-paths.ts';
import { Draws } from '../../numerics/draws.ts';
import type { RandomStream } from '../../numerics/random.ts';
import { drawGroups } from '../../numerics/resampling.ts';
import type { FreeEnergyEstimate } from '../../numerics/results.ts';
import { binCenters } from '../../numerics/results.ts';
import type { CollectiveVariable } from '../../systems/contract.ts';

const MOST_ROWS = 40_000;
const MOST_SLICES = 1000;
const DRAWS = 60;
/** Fewer walkers than this give no error bars. */
const FEWEST_PULLS = 4;

/** Paths of all walkers in one direction. Slice s is the moment when the centre is between places s * stride and the next. */
export class PullRecord {
  /** Work done on each walker so far, in kT. */
  readonly work: Float64Array;
  /** Jumps of the centre from one slice to the next. */
  readonly stride: number;
  /** Slices there are, and those that have been filled. */
  readonly slices: number;
  filled = 0;
  private readonly cv: Float64Array;
  private readonly done: Float64Array;
  private readonly coordinates: Float32Array;

  constructor(
    readonly pulls: number,
    private readonly dimension: number,
    readonly jumps: number,
  ) {
    const most = Math.max(2, Math.min(MOST_SLICES, Math.floor(MOST_ROWS / 2 / pulls)));
    this.stride = Math.max(1, Math.ceil(jumps / most));
    this.slices = Math.ceil(jumps / this.stride);
    this.work = new Float64Array(pulls);
    this.cv = new Float64Array(this.slices * pulls);
    this.done = new Float64Array(this.slices * pulls);
    this.coordinates = new Float32Array(this.slices * pulls * dimension);
  }

  get complete(): boolean {
    return this.filled === this.slices;
  }

  /** @param q `[coordinate * pulls + pull]` */
  add(slice: number, q: Float64Array, cv: Float64Array): void {
    const { pulls, dimension } = this;
    this.cv.set(cv, slice * pulls);
    this.done.set(this.work, slice * pulls);
    for (let w = 0; w < pulls; w++)
      for (let d = 0; d < dimension; d++)
        this.coordinates[(slice * pulls + w) * dimension + d] = q[d * pulls + w];
    this.filled++;
  }

  /** Forward paths as far as they have come. */
  forward(finished: boolean): PulledPaths {
    const rows = this.filled * this.pulls;
    return {
      cv: this.cv.subarray(0, rows),
      work: this.done.subarray(0, rows),
      total: finished ? this.work : null,
    };
  }

  /** Complete paths from the far end back. */
  backward(): PulledPaths {
    return {
      cv: this.cv,
      work: this.done.map((work, n) => work - this.work[n % this.pulls]),
      total: this.work.map((work) => -work),
    };
  }

  /** Coordinates of the filled slices, row after row. */
  states(): Float32Array {
    return this.coordinates.subarray(
      0,
      (this.complete ? this.slices : this.filled) * this.pulls * this.dimension,
    );
  }
}

/**
 * The free energy that pulls give, with errors by drawing walkers again, and the states with their weights.
 * @param random for error bars; none if absent
 */
export function pulledEstimate(
  all: Pulls,
  states: readonly Float32Array[],
  cv: CollectiveVariable,
  random: RandomStream | null,
): { readonly freeEnergy: FreeEnergyEstimate; readonly weighted: WeightedStates } {
  const { forward, backward, pulls } = all;
  const values = [...forward.cv, ...(backward?.cv ?? [])];
  const [low, high] = cv.range;
  const bin = Int32Array.from(values, (value) => binOf(wrapped(value, cv), low, high, FREE_ENERGY_BINS));
  const logWeights = pulledLogWeights(all);
  const shares = pulledShares(logWeights, bin, FREE_ENERGY_BINS);
  const F = shares.map((share) => (share > 0 ? -Math.log(share) : Number.NaN));
  const lowest = F.reduce((least, value) => (value < least ? value : least), Number.POSITIVE_INFINITY);
  const stderr = random && pulls >= FEWEST_PULLS ? redrawn(all, bin, F, random) : null;
  const joined = new Float32Array(states.reduce((sum, { length }) => sum + length, 0));
  joined.set(states[0]);
  if (states.length > 1) joined.set(states[1], states[0].length);
  return {
    freeEnergy: {
      of: 'bin',
      cv: binCenters(low, high, FREE_ENERGY_BINS),
      F: F.map((value) => value - lowest),
      stderr: stderr ?? new Float64Array(FREE_ENERGY_BINS).fill(Number.NaN),
    },
    weighted: {
      states: { dimension: joined.length / values.length, values: joined },
      logWeights,
      groups: Int32Array.from(values, (_, n) => n % pulls),
    },
  };
}

/** Standard error of -log(share) over draws of as many walkers with replacement; a bin that a draw misses is left out of it. */
function redrawn(all: Pulls, bin: Int32Array, F: Float64Array, random: RandomStream): Float64Array {
  const { pulls } = all;
  const [count, sum, squares] = [0, 1, 2].map(() => new Float64Array(F.length));
  for (let draw = 0; draw < DRAWS; draw++) {
    const drawn = new Float64Array(pulls);
    drawGroups(drawn, 0, pulls, new Draws(random, draw));
    pulledShares(pulledLogWeights(all, drawn), bin, F.length).forEach((share, b) => {
      if (!(share > 0)) return;
      const difference = -Math.log(share) - F[b];
      count[b]++;
      sum[b] += difference;
      squares[b] += difference ** 2;
    });
  }
  const small = pulls / (pulls - 1);
  return F.map((value, b) => {
    if (Number.isNaN(value) || count[b] < 2) return Number.NaN;
    const variance = (squares[b] - sum[b] ** 2 / count[b]) / (count[b] - 1);
    return Math.sqrt(Math.max(0, small * variance));
  });
}
