/**
 * What the page and its workers say to each other. The page pulls: a worker computes when asked and answers with one
 * frame. Arrays are transferred, never shared.
 */
import type { Grid, Points, Series } from './channels.ts';
import type { Experiment } from './experiment.ts';
import type { Domain } from './families.ts';
import type { BiasView, Finding } from './method.ts';
import type { GeneratedMetrics } from './model-metrics.ts';
import type { ParamValue } from './params.ts';
import type { RestrainedSamples } from './restrained.ts';
import type { SamplePath } from './sample-path.ts';
import type { EngineId } from './step-graph.ts';

/** Free energy along a collective variable, in kT, minimum 0; NaN where nothing was visited. */
export interface FreeEnergy {
  readonly cv: Float64Array;
  readonly F: Float64Array;
}

export interface FreeEnergyEstimate extends FreeEnergy {
  /** Standard error from the spread between groups of walkers, kT; NaN where it cannot be had. */
  readonly stderr: Float64Array;
}

/** First passages from the start to the target, seen at every step; times in units of physical time. */
export interface Passages {
  readonly arrivals: Float64Array;
  /** How long each walker that has not arrived has been watched. */
  readonly waiting: Float64Array;
  /** Changes between start and target region, of all walkers together. */
  readonly transitions: number;
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
  readonly freeEnergy: FreeEnergyEstimate;
  /** Means over walkers and time of the slow variable, its square and the energy; NaN before the first record. */
  readonly moments: { readonly cv: number; readonly cvSquared: number; readonly energy: number };
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
  readonly divergence: string | null;
}

export interface SimulateApi {
  /** @param cores threads of the machine; as many as the browser tells when absent */
  start(experiment: Experiment, cores?: number): Promise<void>;
  /** Advances by `steps` at most, or until `budgetMs` of wall time is used up, and answers with the state. */
  advance(budgetMs: number, steps: number): Promise<SimulationFrame>;
  /** Takes over live settings (temperature, parameters of the system); averages begin anew. */
  patch(experiment: Experiment): Promise<void>;
  /** Puts a walker where a hand dropped it; averages begin anew. */
  place(walker: number, at: readonly number[]): Promise<void>;
}

/** The free energy as it was known after so many force evaluations. */
export interface BiasHistory {
  readonly forceEvaluations: number;
  readonly freeEnergy: FreeEnergy;
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
  readonly divergence: string | null;
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
  /** What was measured and what follows from it, in sentences. */
  readonly reasons: string[];
  readonly forceEvaluations: number;
  /** Time step that the springs need, where that of the experiment is too long for them; else null. */
  readonly timeStepLimit: number | null;
  /** Settings that make these windows those of the experiment, with a shorter time step where they need one. */
  readonly changes: Record<string, ParamValue>;
}

export interface BiasApi {
  start(experiment: Experiment): Promise<void>;
  /** Umbrella windows for an experiment; a run that has been started goes on unharmed. */
  design(experiment: Experiment): Promise<WindowDesign>;
  /** Goes on for so many force evaluations or so, or until `budgetMs` of wall time is used up. */
  advance(budgetMs: number, forceEvaluations: number): Promise<BiasFrame>;
  /** A short restrained simulation at a value of the slow variable; a run that has been started goes on unharmed. */
  restrain(experiment: Experiment, at: number, forceEvaluations: number): Promise<RestrainedSamples>;
}

/** The law of the remaining coordinate given the slow variable: density on a grid, and moments. */
export interface ConditionalLaw {
  readonly at: number;
  /** Name of the remaining coordinate. */
  readonly coordinate: string;
  readonly x: Float64Array;
  readonly density: Float64Array;
  readonly mean: number;
  readonly variance: number;
}

/** Exact moments of conditional laws along the slow variable. `[coordinate * values + value]`; NaN where no state has the value. */
export interface ConditionalMoments {
  readonly at: Float64Array;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** Centre and scale by which a model standardises its data as its minibatches draw them, one number per coordinate. */
export interface Standardisation {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** Denoising displacement D(x; sigma) - x (= sigma^2 times the score, back in the units of the coordinates). */
export interface VectorField {
  readonly points: Points;
  readonly vectors: Points;
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

export interface ReferenceApi {
  /** Null for dynamics that are not overdamped in a potential of one or two coordinates. */
  rates(experiment: Experiment): Promise<Rates | null>;
  /** Energy on an nx by ny grid over the domain. */
  landscape(experiment: Experiment, nx: number, ny: number): Promise<Grid>;
  freeEnergy(experiment: Experiment, bins: number): Promise<FreeEnergy>;
  /** Equilibrium probability of the basin of each stated minimum. */
  wellShares(experiment: Experiment): Promise<Float64Array>;
  /** Mean of an expression in one or two coordinates over the equilibrium density. */
  mean(experiment: Experiment, expression: string): Promise<number>;
  /** Probability of each cell of a bins x bins grid over the domain. */
  cellProbabilities(experiment: Experiment, bins: number): Promise<Grid>;
  conditional(experiment: Experiment, at: number): Promise<ConditionalLaw>;
  /** Mean and variance of every coordinate given the slow variable, for systems of two coordinates. */
  conditionalMoments(experiment: Experiment, at: Float64Array): Promise<ConditionalMoments>;
  /** Equilibrium states, or conditional ones (`at` given), by inverse CDF: the sampling floor is measured on them. */
  sample(experiment: Experiment, count: number, at: number | null): Promise<Points>;
  /** Exact log density (natural, in the units of the coordinates) at each point, for systems of two coordinates. */
  logDensity(experiment: Experiment, points: Points): Promise<Float64Array>;
  /** Exact denoising displacement of the noised density at the points of an n x n grid over the domain. */
  denoisingField(
    experiment: Experiment,
    sigma: number,
    scale: Standardisation,
    n: number,
  ): Promise<VectorField & { readonly density: Grid }>;
  /** Density of noised states over a rectangle, up to a factor, at the nodes of an n x n grid. */
  noisedDensity(
    experiment: Experiment,
    noise: NoiseLevel,
    scale: Standardisation,
    window: Domain,
    n: number,
  ): Promise<Grid>;
  /** Exact denoising displacement D - x at each point. */
  displacements(
    experiment: Experiment,
    points: Points,
    sigma: number,
    scale: Standardisation,
  ): Promise<Points>;
  /** The experiment's generator with the exact denoiser in place of a network: the way of `count` samples, at most `most` frames of it. */
  samplePath(
    experiment: Experiment,
    scale: Standardisation,
    count: number,
    most: number,
  ): Promise<SamplePath>;
  /** Distances of generated states from the exact law beside those of exact ones; `training` are the states that were learned from. */
  generatedMetrics(experiment: Experiment, generated: Points, training: Points): Promise<GeneratedMetrics>;
  /** Samples of the experiment's generator with the exact denoiser. */
  generate(experiment: Experiment, scale: Standardisation, count: number): Promise<Points>;
}

/** Where a schedule is: sigma / alpha, and alpha. */
export interface NoiseLevel {
  readonly ratio: number;
  readonly alpha: number;
}
