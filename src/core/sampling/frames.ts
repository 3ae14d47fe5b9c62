/** What runs of station Explore and Bias answer with. */

import type { EngineId } from '../dynamics/step-graph.ts';
import type { Finding } from '../estimators/finding.ts';
import type { Motion } from '../estimators/motion.ts';
import type { Message } from '../message.ts';
import type { FreeEnergyEstimate, Points, Series } from '../numerics/results.ts';
import type { Experiment } from '../params/experiment.ts';
import type { ParamValue } from '../params/params.ts';
import type { BiasView } from './method.ts';

/** First passages from the start to the target, seen at every step; times in units of physical time. */
export interface Passages {
  readonly arrivals: Float64Array;
  /** How long each walker that has not arrived has been watched. */
  readonly waiting: Float64Array;
  /** Changes between start and target region, of all walkers together. */
  readonly transitions: number;
}

/** What may change in the midst of a simulation; averages begin anew. */
export interface SimulationChange {
  /** Live settings: temperature, parameters of the system. */
  readonly experiment?: Experiment;
  /** Walkers that a hand put somewhere, and where. */
  readonly places?: readonly { readonly walker: number; readonly at: readonly number[] }[];
}

export interface SimulationFrame {
  /** What moves the walkers, in how many threads. */
  readonly engine: { readonly id: EngineId; readonly parts: number };
  /** Physical time that each walker has lived, and its length in steps. */
  readonly time: number;
  readonly step: number;
  /** The time that the experiment asks for is reached. */
  readonly done: boolean;
  readonly walkers: Points;
  /** Slow variable of the first walker against time. */
  readonly trace: Series;
  /** Of what came after the walkers had forgotten where they started. */
  readonly freeEnergy: FreeEnergyEstimate;
  /** Time at the beginning that free energy and means leave out. */
  readonly discarded: number;
  /** Whether the averages have ceased to drift. */
  readonly settled: boolean;
  /** Means over walkers and time of the slow variable, its square and the energy; NaN before the first record. */
  readonly moments: { readonly cv: number; readonly cvSquared: number; readonly energy: number };
  /** How the walkers move, of what came after they had forgotten where they started. */
  readonly motion: Motion;
  /** Null when there is nothing to arrive at. */
  readonly passages: Passages | null;
  /** Share of proposals that were accepted, for integrators that propose. */
  readonly acceptance: number | null;
  /** Walkers that are now outside the basin (of steepest descent) in which all started. */
  readonly escaped: number;
  /** Walkers in the basin of each stated minimum; null where basins are not found. */
  readonly populations: Float64Array | null;
  readonly forceEvaluations: number;
  /** Set when the walkers left every bound: what happened and which time step would do. The run is over. */
  readonly divergence: Message | null;
}

/** The free energy as it was known after so many force evaluations. */
export interface BiasHistory {
  readonly forceEvaluations: number;
  readonly freeEnergy: Omit<FreeEnergyEstimate, 'stderr'>;
}

/** Free energy along a second cv, by the weights of a biased run. */
export interface ReweightedFreeEnergy extends FreeEnergyEstimate {
  /** Its id. */
  readonly variable: string;
}

/** Equilibrium mean of an observable, by the weights of a biased run. */
export interface ObservedMean {
  readonly expression: string;
  readonly value: number;
  /** NaN where there are too few walkers for one. */
  readonly stderr: number;
}

export interface BiasFrame {
  readonly forceEvaluations: number;
  readonly budget: number;
  readonly done: boolean;
  /** Set when walkers left every bound: what happened and what to do. The run is over. */
  readonly divergence: Message | null;
  readonly view: BiasView;
  /** The last estimate, if there is a new one since the last frame. */
  readonly finding: Finding | null;
  /** Estimates since the last frame. */
  readonly history: readonly BiasHistory[];
  /** What the experiment asks for beside F, once the run has ended; null where there are no weights. */
  readonly reweighted: ReweightedFreeEnergy | null;
  readonly observable: ObservedMean | null;
}

/** Umbrella windows that follow from a short run. */
export interface WindowDesign {
  readonly centers: number[];
  /** One for each window, in energy per unit of the cv squared. */
  readonly springConstants: number[];
  /**
   * Smallest of all neighbours: share of the samples of one that the other would claim, the integral of p q / (p + q) of
   * their biased densities; 1/2 for windows that are the same.
   */
  readonly expectedOverlap: number;
  /** What was measured and what follows from it. */
  readonly reasons: readonly Message[];
  readonly forceEvaluations: number;
  /** Time step that the springs need, where that of the experiment is too long for them; else null. */
  readonly timeStepLimit: number | null;
  /** Settings that make these windows those of the experiment, with a shorter time step where they need one. */
  readonly changes: Record<string, ParamValue>;
}
