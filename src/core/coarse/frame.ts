/** What station Close finds: frames, and the parts of micro-macro consistency. */

import type { MeanFirstPassageTime } from '../estimators/first-passage.ts';
import type { BackendId } from '../generative/backends.ts';
import type { Message } from '../message.ts';
import type { MaybeError } from '../metrics/free-energy-error.ts';
import type { FreeEnergy, Points } from '../numerics/results.ts';
import type { LearnedCoordinate } from '../systems/learned-cv.ts';
import type { PlateauPoint } from './bursts/lag.ts';

/** Lifts are made where bursts are: of the backends only WebAssembly answers at once and fast. */
export const CLOSE_BACKEND: BackendId = 'wasm';

/** Numbers at the values of the slow variable; NaN where there are none. */
export interface Profile {
  readonly values: Float64Array;
  readonly estimate: Float64Array;
  readonly stderr: Float64Array;
  /** As read off at the lag, without its correction. */
  readonly uncorrected: Float64Array;
  /** The averaged equation: fast variables infinitely fast; null where the conditional distribution is not known. */
  readonly averaged: Float64Array | null;
}

export interface Restriction {
  /** Mean and 95 % quantile of |cv(lift(z)) - z| over values and states: of the states as the source gives them. */
  readonly full: { readonly mean: number; readonly high: number };
  /** The same of states moved onto the level. */
  readonly orthogonal: { readonly mean: number; readonly high: number };
  readonly source: Message;
}

export interface HealingCurve {
  /** What is left of the deviation of the lift; null if there is none to see. */
  readonly left: Float64Array | null;
  /** When 1/e is left, and 5 %, in fast times; null if not within the run. */
  readonly time: number | null;
  readonly healed: number | null;
  /** Of the lift, in standard deviations of the observable. */
  readonly deviation: number;
}

export interface Healing {
  readonly observable: string;
  /** In fast times. */
  readonly times: Float64Array;
  readonly lift: HealingCurve;
  readonly bad: HealingCurve;
}

export interface LagChoice {
  /** Physical times between which the bursts are used. */
  readonly from: number;
  readonly to: number;
  /** Two windows of lags agreed; or the lag was given. */
  readonly plateau: boolean;
  readonly curve: readonly PlateauPoint[];
}

export interface Closure {
  readonly observable: string;
  readonly values: Float64Array;
  /** What lifted: a known distribution, a trained model, states of a run. */
  readonly source: Message;
  /** Means over lifted states, before and after healing. */
  readonly lifted: Float64Array;
  readonly liftedStderr: Float64Array;
  readonly healed: Float64Array;
  readonly stderr: Float64Array;
  readonly exact: Float64Array | null;
  /** Root mean square differences from exact; null without it. */
  readonly error: { readonly lifted: number; readonly healed: number } | null;
}

export interface DynamicFreeEnergy extends MaybeError {
  readonly values: Float64Array;
  /** In kT, minimum 0; without a potential -log of the stationary density. */
  readonly F: Float64Array;
  readonly stderr: Float64Array;
  readonly exact: Float64Array | null;
  /** Against a long direct run, where there is no exact distribution. */
  readonly direct: {
    readonly freeEnergy: FreeEnergy;
    /** Jensen-Shannon divergence of the distributions on 60 bins. */
    readonly js: number;
  } | null;
}

export interface CoarsePassage {
  /** The slow variable at the start, and what it must reach. */
  readonly from: number;
  readonly to: number;
  /** Of the coarse equation, by quadrature. */
  readonly quadrature: number;
  readonly coarse: MeanFirstPassageTime;
  readonly full: MeanFirstPassageTime;
  /** By the stated averaged equation. */
  readonly averaged: number | null;
}

export interface CoarseAutocorrelation {
  readonly time: Float64Array;
  readonly full: Float64Array;
  readonly coarse: Float64Array;
  readonly stderr: Float64Array;
  /** Largest difference in standard errors. */
  readonly largest: number;
}

export interface Projection {
  readonly time: Float64Array;
  /** Mean and standard deviation of the slow variable: carried on by leaps, and by the full system all the way. */
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
  readonly full: {
    readonly time: Float64Array;
    readonly mean: Float64Array;
    readonly deviation: Float64Array;
  };
  /** Force evaluations of the full run over those with leaps, healing counted and not. */
  readonly speedUp: number;
  readonly speedUpWithoutHealing: number;
  /** Of mean and deviation, over the standard deviation of the slow variable at the end. */
  readonly error: { readonly mean: number; readonly deviation: number };
}

export interface Coarse {
  readonly firstPassage: CoarsePassage | null;
  readonly autocorrelation: CoarseAutocorrelation | null;
  readonly projective: Projection | null;
}

export type Part =
  | 'barrier'
  | 'fastTime'
  | 'bursts'
  | 'restriction'
  | 'healing'
  | 'drift'
  | 'diffusion'
  | 'closure'
  | 'freeEnergyFromDynamics'
  | 'firstPassage'
  | 'autocorrelation'
  | 'projective'
  | 'diffusionMap';

export interface Consistency {
  /** What is really taken: not longer than a share of the fastest relaxation. */
  readonly timeStep: number;
  /** Correlation time of the slowest of the other coordinates at a held slow variable. */
  readonly fastTime: number | null;
  /** How the slow variable is held: exactly, or by a spring. */
  readonly held: 'exactly' | 'by a spring';
  /** Bursts from each value. */
  readonly bursts: number;
  readonly restriction: Restriction | null;
  readonly healing: Healing | null;
  readonly lag: LagChoice | null;
  readonly drift: Profile | null;
  readonly diffusion: Profile | null;
  readonly closure: Closure | null;
  readonly freeEnergyFromDynamics: DynamicFreeEnergy | null;
  readonly coarse: Coarse;
  /** Why parts are missing, or what must be known about them. */
  readonly reasons: Readonly<Partial<Record<Part, Message>>>;
}

export interface DiffusionMapResult {
  readonly distances: 'mahalanobis' | 'euclidean';
  readonly states: Points;
  /** States left out because they have no others near them. */
  readonly isolated: number;
  /** Leading eigenvalues, largest first, the constant's left out; rates are -4 log(eigenvalue) / scale. */
  readonly eigenvalues: Float64Array;
  /** The coordinates at the states, one after the other. */
  readonly coordinates: readonly Float64Array[];
  /** How new each coordinate is: near 0 for a harmonic of those before. */
  readonly residuals: Float64Array;
  /** The system's first slow variable at the states, and its correlation with the first coordinate, and with each. */
  readonly slow: Float64Array;
  readonly correlation: number;
  readonly correlations: Float64Array;
  readonly scale: number;
  readonly alpha: number;
  /** Time between two states; length of a burst, which is one step, and their number at each state. */
  readonly interval: number;
  readonly burst: { readonly time: number; readonly count: number } | null;
  readonly forceEvaluations: number;
}

export interface CloseFrame {
  readonly phase: Message;
  readonly forceEvaluations: number;
  /** States passed through the network, in training and in lifting. */
  readonly networkEvaluations: number;
  readonly budget: number;
  readonly done: boolean;
  /** Set when walkers left every bound or nothing can be done: what happened and what to do. */
  readonly problem: Message | null;
  /** What is known so far. */
  readonly consistency: Consistency | null;
  readonly diffusionMap: DiffusionMapResult | null;
}

/** How far a learned coordinate is; it is there at the end. */
export interface LearnedProgress {
  readonly phase: Message;
  /** 0 to 1 */
  readonly share: number;
  readonly coordinate: LearnedCoordinate | null;
  readonly done: boolean;
}
