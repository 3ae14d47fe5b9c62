/**
 * Contract of enhanced sampling: a method changes what walkers feel so that they cross barriers, and undoes the change in its
 * estimate. A member of `methods/` is one file with a default export; its file name is its id.
 */

import type { DynamicsFamilies } from '../dynamics/contract.ts';
import type { EstimatorFamilies } from '../estimators/contract.ts';
import type { Finding } from '../estimators/finding.ts';
import type { GenerativeFamilies } from '../generative/contract.ts';
import type { Message } from '../message.ts';
import type { Grid, Points, Series } from '../numerics/results.ts';
import type { ParamSpecs, Values } from '../params/params.ts';
import type { CollectiveVariable } from '../systems/contract.ts';
import type { ResolvedSystem } from '../systems/resolved.ts';
import type { Lab } from './lab.ts';

/** What defaults of a method may depend on. */
export interface MethodContext extends EstimatorFamilies {
  readonly system: ResolvedSystem;
  readonly cv: CollectiveVariable;
}

export interface Method<S extends ParamSpecs = ParamSpecs> {
  /** One line: what it does. */
  readonly cite?: string;
  /** Walkers feel nothing but the system: its estimate needs no equilibrium. */
  readonly unbiased?: boolean;
  /** Its bias follows -F along the cv: walkers end up with hardly any force along it. */
  readonly flattens?: boolean;
  /** Its parameters; query keys `method.<name>`. */
  params(context: MethodContext): S;
  /** @throws Problem that names the parameter with which it cannot begin */
  begin(lab: Lab, params: Values<S>): MethodRun;
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
  /** What is being done. */
  readonly phase: Message;
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
  readonly label: Message;
  /** What is drawn upwards, with its unit. */
  readonly axis: Message;
  /** Against force evaluations. */
  readonly series: Series;
}

export interface SamplingFamilies extends DynamicsFamilies, EstimatorFamilies, GenerativeFamilies {
  readonly methods: Readonly<Record<string, Method>>;
}
