/** Exact answers about an experiment. */
import type { Grid } from '../numerics/results.ts';

/** Exact moments of conditional distributions along the slow variable. `[coordinate * values + value]`; NaN where no state has the value. */
export interface ConditionalMoments {
  readonly at: Float64Array;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** What the generator of the dynamics says: exact up to its grid. */
export interface Rates {
  /** From start to target, in units of physical time. */
  readonly meanFirstPassageTime: number | null;
  /** Kramers (one dimension) or Eyring-Kramers, for the same passage; null where no saddle lies between. */
  readonly kramers: number | null;
  /** The same passage by the averaged equation of a fast/slow system, where that is known. */
  readonly averaged: number | null;
  /** Slowest implied times, longest first. */
  readonly relaxationTimes: readonly number[];
  /** Probability of reaching the target before the start region, over the cells of the generator's grid. */
  readonly committor: Grid | null;
}

/** Of one periodic coordinate: at the tilt of the system, and as curves over the tilt. */
export interface ExactTransport {
  /** Mean force over a period. */
  readonly force: number;
  readonly velocity: number;
  readonly diffusion: number;
  /** kT times the mobility: the Einstein relation. */
  readonly freeDiffusion: number;
  /** Without the tilt. */
  readonly lifsonJackson: number;
  readonly forces: Float64Array;
  readonly velocities: Float64Array;
  readonly diffusions: Float64Array;
}

/** A correlation function, 1 at lag 0: the sum of `weights` exp(-lag / `times`). */
export interface ExactCorrelation {
  readonly times: readonly number[];
  readonly weights: readonly number[];
}

export interface ExactMotion {
  /** Of the collective variable, or of its phase where it is periodic. */
  readonly correlation: ExactCorrelation | null;
  readonly transport: ExactTransport | null;
}
