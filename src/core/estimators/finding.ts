/** What an estimate from biased walkers consists of. */
import type { Message } from '../message.ts';
import type { FreeEnergyEstimate, Points } from '../numerics/results.ts';
import type { ParamValue } from '../params/params.ts';

export interface WindowReport {
  readonly center: number;
  readonly springConstant: number;
  /** Of the cv; NaN without samples. */
  readonly mean: number;
  readonly samples: number;
  readonly effectiveSamples: number;
  /** In samples. */
  readonly statisticalInefficiency: number;
  /** Nothing speaks against it: no drift within the run, walkers of different origin agree. */
  readonly equilibrated: boolean;
}

export interface Overlap {
  /** Row after row: share of window i's samples that window j would claim. */
  readonly matrix: Float64Array;
  readonly windows: number;
  /** 1 minus the second eigenvalue: 0 if the windows fall apart. */
  readonly gap: number;
}

/** Kinds of faults: a contract of results, whichever message tells of one. */
export const WARNINGS = [
  'disconnected',
  'unsampled-window',
  'zero-spring',
  'springs-left-in',
  'outside-range',
  'diverged',
  'not-equilibrated',
  'hysteresis',
  'not-reversible',
  'few-samples',
  'dominated',
  'start-replaced',
  'uncovered',
  'step-error',
  'stiff-bias',
  'slow-beside',
  'unusable-energy',
] as const;

export type WarningId = (typeof WARNINGS)[number];

export interface Warning {
  readonly id: WarningId;
  /** What is wrong, where, and what to do. */
  readonly message: Message;
  /** A change of settings that mends it, and what it is called. */
  readonly offer?: {
    readonly label: Message;
    readonly changes: Readonly<Record<string, ParamValue>>;
  };
}

/** States that stand for the unbiased distribution once weighted. */
export interface WeightedStates {
  /** Coordinates, state after state. */
  readonly states: Points;
  readonly logWeights: Float64Array;
  /** Independent group (walker) of each state, for error bars. */
  readonly groups: Int32Array;
  /** Ensemble (window, replica) from which each state was drawn, where groups belong to one each; one for all if absent. */
  readonly strata?: Int32Array;
  /** Weights found anew from samples drawn anew; where they depend on all samples no other error bar is right. */
  readonly replicas?: Replicas;
}

/** In replica r state n weighs counts[r * units + unit[n]] exp(logWeights[r * places + place[n]]). */
export interface Replicas {
  readonly count: number;
  readonly place: Int32Array;
  readonly places: number;
  readonly logWeights: Float64Array;
  readonly unit: Int32Array;
  readonly units: number;
  readonly counts: Float64Array;
}

export interface Finding {
  /** Which estimator made `freeEnergy`, e.g. `mbar`. */
  readonly estimator: string;
  /** On `FREE_ENERGY_BINS` bins of the cv; null when a warning forbids any number. */
  readonly freeEnergy: FreeEnergyEstimate | null;
  readonly windows: readonly WindowReport[];
  readonly overlap: Overlap | null;
  readonly warnings: readonly Warning[];
  /** Null where the method has no weights. */
  readonly weighted: WeightedStates | null;
  /** Figures of the method's own, e.g. exchange rates, by a name that says what they are. */
  readonly figures: Readonly<Record<string, number | readonly number[]>>;
}

/** What there is to say when there is nothing to show. */
export function withoutNumbers(warnings: readonly Warning[]): Finding {
  return {
    estimator: 'none',
    freeEnergy: null,
    windows: [],
    overlap: null,
    warnings,
    weighted: null,
    figures: {},
  };
}
