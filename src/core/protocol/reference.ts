/** What the page asks the worker of exact references. */

import type { ConditionalMoments, ExactMotion, Rates } from '../exact/answers.ts';
import type { NoiseLevel } from '../generative/noising.ts';
import type { SamplePath } from '../generative/sample-path.ts';
import type { GeneratedMetrics } from '../metrics/generated.ts';
import type {
  ConditionalDistribution,
  ExactFreeEnergy,
  Grid,
  Points,
  Standardisation,
  VectorField,
} from '../numerics/results.ts';
import type { Experiment } from '../params/experiment.ts';
import type { Domain } from '../systems/contract.ts';

export interface ReferenceApi {
  /** Null for dynamics that are not overdamped in a potential of one or two coordinates. */
  rates(experiment: Experiment): Promise<Rates | null>;
  /** Correlation functions and transport of overdamped walkers; rejects where an energy does not confine them. */
  motion(experiment: Experiment): Promise<ExactMotion>;
  /** Energy on an nx by ny grid over the domain. */
  landscape(experiment: Experiment, nx: number, ny: number): Promise<Grid>;
  freeEnergy(experiment: Experiment, bins: number): Promise<ExactFreeEnergy>;
  /** Equilibrium probability of the basin of each stated minimum. */
  wellShares(experiment: Experiment): Promise<Float64Array>;
  /** Mean of an expression in one or two coordinates over the equilibrium density. */
  mean(experiment: Experiment, expression: string): Promise<number>;
  /** Probability of each cell of a bins x bins grid over the domain. */
  cellProbabilities(experiment: Experiment, bins: number): Promise<Grid>;
  conditional(experiment: Experiment, at: number): Promise<ConditionalDistribution>;
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
  /** Distances of generated states from the exact distribution beside those of exact ones; `training` are the states that were learned from. */
  generatedMetrics(experiment: Experiment, generated: Points, training: Points): Promise<GeneratedMetrics>;
  /** Samples of the experiment's generator with the exact denoiser. */
  generate(experiment: Experiment, scale: Standardisation, count: number): Promise<Points>;
}
