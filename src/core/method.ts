/**
 * Contract of enhanced sampling: a method changes what walkers feel so that they cross barriers, and undoes the change in its
 * estimate. A member of `methods/` is one file with a default export; its file name is its id.
 */
import type { Grid, Points, Series } from './channels.ts';
import type { CollectiveVariable } from './families.ts';
import type { Lab } from './lab.ts';
import type { ParamSpecs, ParamValue, ParamValues } from './params.ts';
import type { FreeEnergyEstimate } from './protocol.ts';
import type { ResolvedSystem } from './system.ts';

/** What defaults of a method may depend on. */
export interface MethodContext {
  readonly system: ResolvedSystem;
  readonly cv: CollectiveVariable;
}

export interface Method {
  readonly title: string;
  /** One line: what it does. */
  readonly teaches: string;
  readonly cite?: string;
  /** Walkers feel nothing but the system: its estimate needs no equilibrium. */
  readonly unbiased?: boolean;
  /** Its bias follows -F along the cv: walkers end up with hardly any force along it. */
  readonly flattens?: boolean;
  /** Its parameters; query keys `method.<name>`. */
  params(context: MethodContext): ParamSpecs;
  /** @throws Error that names the parameter with which it cannot begin */
  begin(lab: Lab, params: ParamValues): MethodRun;
}

/** A method at work. */
export interface MethodRun {
  /** The whole run. Yields every few thousand force evaluations, where it may rest; ends when the budget is spent. */
  steps(): Generator<void, void, void>;
  view(): BiasView;
  /** What follows from all samples so far; asked for seldom. @param thorough with error bars, whatever they cost */
  estimate(thorough: boolean): Finding;
}

/** What there is to see while a method works. */
export interface BiasView {
  /** One line: what is being done, e.g. `pulling walkers to their windows`. */
  readonly phase: string;
  readonly walkers: Points;
  /** Window, replica or direction of each walker. */
  readonly of: Uint16Array;
  /** Restraints of the windows, for methods that have them. */
  readonly windows: readonly { readonly center: number; readonly springConstant: number }[];
  /** The bias that all walkers share, in kT: along the cv, or over two of them; null where there is none. */
  readonly bias: Series | Grid | null;
  /** Whatever tells the story of the run best, e.g. cv of a walker, height of hills, temperature of a walker. */
  readonly traces: readonly Trace[];
}

export interface Trace {
  readonly label: string;
  /** What is drawn upwards, with its unit. */
  readonly axis: string;
  /** Against force evaluations. */
  readonly series: Series;
}

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

/** Named so that tests and pages need not read the text. */
export type WarningId =
  | 'disconnected'
  | 'unsampled-window'
  | 'zero-spring'
  | 'springs-left-in'
  | 'outside-range'
  | 'diverged'
  | 'not-equilibrated'
  | 'hysteresis'
  | 'not-reversible'
  | 'few-samples'
  | 'dominated'
  | 'start-replaced'
  | 'uncovered'
  | 'step-error'
  | 'stiff-bias'
  | 'slow-beside';

export interface Warning {
  readonly id: WarningId;
  /** What is wrong, where, and what to do. */
  readonly text: string;
  /** A change of settings that mends it. */
  readonly offer?: {
    readonly label: string;
    readonly changes: Readonly<Record<string, ParamValue>>;
  };
}

/** States that stand for the unbiased law once weighted. */
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
