/** Contract of estimators of the free energy of restrained windows: a member is one file `<id>.estimator.ts` with a default export. */
import type { MbarSolution } from './mbar.ts';
import type { Places } from './window-places.ts';
import type { Visit, WindowMoments, WindowSamples } from './window-samples.ts';

/** What an estimator reads: samples as they are, or as the bootstrap has drawn them again. */
export interface WindowData {
  readonly samples: Pick<WindowSamples, 'windows' | 'setting'>;
  readonly places: Places;
  /** Samples at each place, all windows together. */
  readonly counts: Float64Array;
  /** By MBAR of a sample at each place, but for a constant. */
  readonly logWeights: Float64Array;
  /** Of each window; in a resample those of the samples drawn only for estimators that take moments. */
  readonly moments: readonly WindowMoments[];
}

/** The samples as they are, with all that errors need. */
export interface WindowSolution extends WindowData {
  readonly visits: readonly (readonly Visit[])[];
  /** The cv of each row, next to the centre of its window. */
  readonly cv: Float64Array;
  /** `[window * places + place]` */
  readonly countsOfWindows: Float64Array;
  readonly solution: MbarSolution;
  /** Place of each row of the solution. */
  readonly place: Int32Array;
}

export interface Estimator {
  /** Where it stands in lists. */
  readonly order: number;
  readonly cite?: string;
  /** Samples at places along the cv, or only the mean and variance of each window. */
  readonly takes: 'samples' | 'moments';
  /** -log of the probability of each bin, or F at its centre. */
  readonly estimates: 'bin' | 'point';
  /** Samples count as if they were in the middle of a coarser bin. */
  readonly binned?: boolean;
  /** Springs are left in: right only where no window has one. */
  readonly ignoresSprings?: boolean;
  /** -log(share of the bin); NaN where nothing is known. */
  estimate(data: WindowData): Float64Array;
  /** Standard errors of it from the statistical inefficiency of each window. @param F the estimate itself */
  errors(data: WindowSolution, F: Float64Array): Float64Array;
}

export interface EstimatorFamilies {
  readonly estimators: Readonly<Record<string, Estimator>>;
}
