/** Exact answers about an experiment, as the reference worker serves them. Keeps the last density: it costs the most. */

import type { DynamicsFamilies } from '../dynamics/contract.ts';
import type { GenerativeFamilies } from '../generative/contract.ts';
import type { NoiseLevel } from '../generative/noising.ts';
import { inUnits } from '../generative/noising.ts';
import { pathSettings, type SamplePath, samplePath, samples } from '../generative/sample-path.ts';
import { Problem } from '../message.ts';
import { DENSITY_BINS } from '../metrics/comparison.ts';
import { type GeneratedMetrics, generatedMetrics } from '../metrics/generated.ts';
import { RandomStream } from '../numerics/random.ts';
import type { ConditionalDistribution, ExactFreeEnergy, Standardisation } from '../numerics/results.ts';
import { type Grid, linspace, type Points } from '../numerics/results.ts';
import type { Experiment } from '../params/experiment.ts';
import type { Domain } from '../systems/contract.ts';
import { energiesOn } from '../systems/energy-surface.ts';
import { type Setting, settingOf } from '../systems/model.ts';
import { regionsOf } from '../systems/regions.ts';
import type { ConditionalMoments, ExactMotion, Rates } from './answers.ts';
import { exactDenoiser } from './array-denoiser.ts';
import { averagedPassageTime } from './averaged.ts';
import { overBins } from './bins.ts';
import { cellProbabilities } from './cells.ts';
import {
  chainFreeEnergy,
  neighbourDistribution,
  sampleChain,
  transferOperatorOf,
} from './chain-distributions.ts';
import { conditionalMoments } from './conditional-moments.ts';
import { correlationOf } from './correlation.ts';
import { type DenoisingField, exactDenoisingField } from './denoiser.ts';
import { type Density, exactDensity, exactMean, logDensityAt } from './density.ts';
import { exactDisplacements } from './displacements.ts';
import { conditionalDistribution, exactFreeEnergy } from './free-energy.ts';
import { LevelDistribution } from './level-distribution.ts';
import { message } from './messages.ts';
import { isTilted, ratesOf } from './rates.ts';
import { sampleDistribution, sampleEquilibrium } from './sample.ts';
import { transportOf } from './tilted-periodic.ts';
import { wellShares } from './wells.ts';

export class Reference {
  private last: { key: string; setting: Setting; density: Density } | undefined;

  constructor(private readonly families: DynamicsFamilies & GenerativeFamilies) {}

  async rates(experiment: Experiment): Promise<Rates | null> {
    const { order, params } = this.families.integrators[experiment.integrator];
    // Monte Carlo steps have no physical time, and paths with inertia another generator.
    if (order === null || 'friction' in params) return null;
    const { model, kT } = settingOf(experiment, this.families);
    const solved = ratesOf(model, kT, regionsOf(experiment, model.system));
    const averaged = averagedPassageTime(experiment, this.families);
    if (!solved && averaged === null) return null;
    const unsolved = { meanFirstPassageTime: null, kramers: null, relaxationTimes: [], committor: null };
    return { ...(solved ?? unsolved), averaged };
  }

  /** Where walkers are overdamped, as `rates`. */
  async motion(experiment: Experiment): Promise<ExactMotion> {
    const { order, params } = this.families.integrators[experiment.integrator];
    if (order === null || 'friction' in params) return { correlation: null, transport: null };
    const { model, kT, cv } = settingOf(experiment, this.families);
    const reversible =
      model.energyNode !== null && model.dimension <= 2 && !model.system.hidden && !isTilted(model);
    return {
      correlation: reversible ? correlationOf(model, kT, cv) : null,
      transport: transportOf(model, kT),
    };
  }

  async landscape(experiment: Experiment, nx: number, ny: number): Promise<Grid> {
    const { model, kT } = settingOf(experiment, this.families);
    const [[x0, x1], rangeY] = model.system.domain;
    const xs = linspace(x0, x1, nx);
    if (model.dimension === 1) return { xs, ys: new Float64Array(1), values: energiesOn(model, [xs]) };
    const ys = linspace(rangeY[0], rangeY[1], ny);
    if (model.system.chain) {
      const pair = transferOperatorOf(model, kT).pairFreeEnergy(xs, ys);
      return { xs, ys, values: pair.map((F) => kT * F) };
    }
    return { xs, ys, values: energiesOn(model, [xs, ys]) };
  }

  async freeEnergy(experiment: Experiment, bins: number): Promise<ExactFreeEnergy> {
    const setting = settingOf(experiment, this.families);
    return overBins(setting.cv.range, bins, (cv) =>
      setting.model.system.chain
        ? chainFreeEnergy(setting, cv)
        : exactFreeEnergy(setting, this.exact(experiment).density, cv),
    );
  }

  async wellShares(experiment: Experiment): Promise<Float64Array> {
    const { model, kT } = settingOf(experiment, this.families);
    return wellShares(model, kT);
  }

  async mean(experiment: Experiment, expression: string): Promise<number> {
    const { setting, density } = this.exact(experiment);
    return exactMean(setting.model, density, expression);
  }

  async cellProbabilities(experiment: Experiment, bins: number): Promise<Grid> {
    const { setting, density } = this.inPlane(experiment);
    return cellProbabilities(setting.model, setting.kT, density, bins);
  }

  async conditional(experiment: Experiment, at: number): Promise<ConditionalDistribution> {
    const setting = settingOf(experiment, this.families);
    if (setting.model.system.chain) return neighbourDistribution(setting, at);
    const { density } = this.exact(experiment);
    return onLevelSets(setting)
      ? new LevelDistribution(setting, density, at).distribution
      : conditionalDistribution(setting, density, at);
  }

  async conditionalMoments(experiment: Experiment, at: Float64Array): Promise<ConditionalMoments> {
    const { setting, density } = this.inPlane(experiment);
    return conditionalMoments(setting, density, at);
  }

  async sample(experiment: Experiment, count: number, at: number | null): Promise<Points> {
    const stream = new RandomStream(experiment.seed, 'floor');
    const chain = settingOf(experiment, this.families);
    if (chain.model.system.chain) return sampleChain(chain, count, stream, at);
    const { setting, density } = this.exact(experiment);
    if (at === null) return sampleEquilibrium(density, count, stream);
    if (onLevelSets(setting)) return new LevelDistribution(setting, density, at).sample(count, stream);
    const distribution = conditionalDistribution(setting, density, at);
    const other = sampleDistribution(distribution.x, distribution.density, count, stream);
    const values = new Float32Array(2 * count).fill(at);
    for (let n = 0; n < count; n++) values[2 * n + 1 - setting.cvCoordinate] = other[n];
    return { dimension: 2, values };
  }

  async logDensity(experiment: Experiment, points: Points): Promise<Float64Array> {
    const { setting, density } = this.inPlane(experiment);
    return logDensityAt(setting.model, setting.kT, density, points);
  }

  async denoisingField(
    experiment: Experiment,
    sigma: number,
    scale: Standardisation,
    n: number,
  ): Promise<DenoisingField> {
    const { setting, density } = this.inPlane(experiment);
    return exactDenoisingField(setting.model, setting.kT, density, sigma, scale, n);
  }

  async noisedDensity(
    experiment: Experiment,
    { ratio, alpha }: NoiseLevel,
    scale: Standardisation,
    window: Domain,
    n: number,
  ): Promise<Grid> {
    const { setting, density } = this.inPlane(experiment);
    const { model, kT } = setting;
    // Seen at x = mean + alpha (y - mean), computed at y.
    const unshrunk = window.map(([low, high], d) => {
      const mean = scale.mean[d];
      return [mean + (low - mean) / alpha, mean + (high - mean) / alpha] as const;
    });
    const field = exactDenoisingField(model, kT, density, ratio, scale, n, unshrunk);
    const [xs, ys] = window.map(([low, high]) => linspace(low, high, n));
    return { xs, ys, values: field.density.values };
  }

  async displacements(
    experiment: Experiment,
    points: Points,
    sigma: number,
    scale: Standardisation,
  ): Promise<Points> {
    const { setting, density } = this.inPlane(experiment);
    return exactDisplacements(setting, density, { points, sigma, scale });
  }

  async samplePath(
    experiment: Experiment,
    scale: Standardisation,
    count: number,
    most: number,
  ): Promise<SamplePath> {
    const { setting, density } = this.inPlane(experiment);
    const settings = pathSettings(experiment, this.families, { count, most });
    return samplePath(exactDenoiser(setting, density, scale), settings);
  }

  async generatedMetrics(
    experiment: Experiment,
    generated: Points,
    training: Points,
  ): Promise<GeneratedMetrics> {
    const count = generated.values.length / generated.dimension;
    const cells = await this.cellProbabilities(experiment, DENSITY_BINS);
    const floor = await this.sample(experiment, count, null);
    const reference = await this.sample({ ...experiment, seed: (experiment.seed + 1) >>> 0 }, count, null);
    const { domain } = settingOf(experiment, this.families).model.system;
    return generatedMetrics(generated, { floor, reference }, { cells, domain }, training);
  }

  async generate(experiment: Experiment, scale: Standardisation, count: number): Promise<Points> {
    const { setting, density } = this.inPlane(experiment);
    const settings = pathSettings(experiment, this.families, { count, most: 1 });
    return inUnits(samples(exactDenoiser(setting, density, scale), settings), 1, scale);
  }

  /** @throws Problem unless the system has two coordinates */
  private inPlane(experiment: Experiment): { setting: Setting; density: Density } {
    const { dimension, system } = settingOf(experiment, this.families).model;
    if (dimension !== 2)
      throw new Problem(message('exact-fields-need-a-plane', { system: system.id, dimension }));
    return this.exact(experiment);
  }

  private exact(experiment: Experiment): { setting: Setting; density: Density } {
    const setting = settingOf(experiment, this.families);
    const parameters = Object.entries(experiment).filter(([key]) => key.startsWith('system'));
    const key = JSON.stringify([parameters, experiment.kT]);
    const density = this.last?.key === key ? this.last.density : exactDensity(setting.model, setting.kT);
    this.last = { key, setting, density };
    return { setting, density };
  }
}

/** The slow variable is a function of two coordinates, and none of them. */
function onLevelSets({ model, cvCoordinate }: Setting): boolean {
  return cvCoordinate < 0 && model.dimension === 2;
}
