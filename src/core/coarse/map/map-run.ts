/** A diffusion map of the states of one trajectory: slow variables from data. */

import { Problem } from '../../message.ts';
import { columnsOf, rowsOf, takeRows } from '../../numerics/layout.ts';
import type { Experiment } from '../../params/experiment.ts';
import type { SamplingFamilies } from '../../sampling/method.ts';
import { systemOf } from '../../systems/model.ts';
import { noiseOf } from '../bursts/burst-noise.ts';
import type { DiffusionMapResult } from '../frame.ts';
import { FullSystem } from '../lifting/full-system.ts';
import { type MapStageId, message } from '../messages.ts';
import { closeSettingsOf } from '../settings.ts';
import {
  connectedPoints,
  type Distances,
  diffusionMap,
  distancesAmong,
  euclideanDistances,
} from './diffusion-map.ts';
import { extendedTo, type MapOrigin } from './extension.ts';
import { harmonicResiduals } from './harmonics.ts';
import { selfTuned } from './kernel-scale.ts';
import { inverseRoots, type LocalNoise, mahalanobisDistances } from './mahalanobis.ts';

/** Coordinates that are found. */
const COUNT = 4;
/** A state counts if the kernel of all others sums to so much there. */
const LEAST_NEAR = 3;
/** Share of the states that must count. */
const LEAST_KEPT = 0.5;

/** What is under way, and how much of the whole is done. */
export interface MapStage {
  readonly stage: MapStageId | 'table';
  readonly share: number;
}

const STAGES = {
  trajectory: { stage: 'trajectory', share: 0 },
  bursts: { stage: 'bursts', share: 0.02 },
  distances: { stage: 'distances', share: 0.1 },
  eigenvectors: { stage: 'eigenvectors', share: 0.25 },
  residuals: { stage: 'residuals', share: 0.45 },
} as const;

/**
 * The experiment of which a map is made: that of the run, but for what the settings of the map say. Neither the integrator nor the
 * slow variable of the run matters.
 */
export function mapExperiment(families: SamplingFamilies, experiment: Experiment): Experiment {
  const { mapTime, mapTemperature, mapSeed, points, map } = closeSettingsOf(experiment);
  const [time = experiment.time] = mapTime;
  const [kT = experiment.kT] = mapTemperature;
  const [seed = experiment.seed] = mapSeed;
  return {
    ...experiment,
    ...{ time, kT, seed: Math.floor(seed) },
    cv: firstCv(families, experiment),
    integrator: 'euler-maruyama',
    // `FullSystem` shortens it to what the system carries.
    'integrator.dt': time / points,
    'close.map': map === 'none' ? 'mahalanobis' : map,
  };
}

/** @throws Error if the trajectory does not fit the budget, walkers are lost, or there is no noise in some direction */
export function diffusionMapRun(
  families: SamplingFamilies,
  experiment: Experiment,
  evaluations: number,
): MapMade {
  const steps = diffusionMapSteps(families, experiment, evaluations);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

export interface MapMade {
  readonly result: DiffusionMapResult;
  /** The first coordinate at other states, in rows; NaN where the dynamics has no finite noise. */
  readonly extend: (points: Float64Array) => Float64Array;
}

/** As `diffusionMapRun`, with pauses. */
export function* diffusionMapSteps(
  families: SamplingFamilies,
  experiment: Experiment,
  evaluations: number,
): Generator<MapStage, MapMade, void> {
  yield STAGES.trajectory;
  const asked = mapExperiment(families, experiment);
  const settings = closeSettingsOf(asked);
  const micro = new FullSystem(families, { ...asked, budget: Math.floor(evaluations) });
  const { lab } = micro;
  const states = trajectoryOf(micro, settings.points, asked.time);
  yield STAGES.bursts;
  const measured = settings.map === 'mahalanobis' ? noiseOf(families, micro, states.q) : null;
  yield STAGES.distances;
  const { dimension } = lab.model;
  const rows = Float64Array.from(states.rows);
  const plain = measured ? mahalanobisDistances(rows, measured.noise) : euclideanDistances(rows, dimension);
  const [given] = settings.scale;
  const tuned = given === undefined ? selfTuned(plain) : ofOneWidth(plain, given);
  const { distances, scale } = tuned;
  const kept = connectedPoints(distances, scale, LEAST_NEAR);
  if (kept.length < LEAST_KEPT * settings.points) throw new Problem(message('kernel-too-narrow', { scale }));
  yield STAGES.eigenvectors;
  const alpha = Number(settings.alpha);
  const map = diffusionMap(distancesAmong(distances, kept), { scale, alpha, count: COUNT });
  yield STAGES.residuals;
  const slow = slowVariable(micro, states.q, kept);
  const correlations = Float64Array.from(map.coordinates, (phi) => correlation(phi, slow));
  const roots = measured && inverseRoots(measured.noise);
  const origin: MapOrigin = { dimension, rows, roots, ...tuned, kept, map };
  const result: DiffusionMapResult = {
    distances: measured ? 'mahalanobis' : 'euclidean',
    states: { dimension, values: takeRows(states.rows, dimension, kept) },
    isolated: settings.points - kept.length,
    eigenvalues: map.eigenvalues.slice(),
    coordinates: map.coordinates,
    residuals: harmonicResiduals(map.coordinates),
    slow,
    correlation: correlations[0],
    correlations,
    scale,
    alpha,
    interval: states.interval,
    burst: measured?.burst ?? null,
    forceEvaluations: lab.spent,
  };
  return { result, extend: (points) => extended(origin, points, measured?.at) };
}

function ofOneWidth(distances: Distances, scale: number) {
  return { distances, scale, widths: new Float64Array(distances.n).fill(1), widthOf: () => 1 };
}

function extended(
  origin: MapOrigin,
  points: Float64Array,
  noiseAt: ((q: Float64Array) => LocalNoise) | undefined,
): Float64Array {
  if (!noiseAt) return extendedTo(origin, points, null);
  const { dimension } = origin;
  const count = points.length / dimension;
  const { covariances } = noiseAt(columnsOf(points, dimension));
  const size = dimension * dimension;
  const usable = Array.from({ length: count }, (_, p) => p).filter((p) =>
    covariances.subarray(p * size, (p + 1) * size).every(Number.isFinite),
  );
  const gathered = (values: Float64Array, each: number) =>
    Float64Array.from(
      { length: usable.length * each },
      (_, i) => values[usable[Math.floor(i / each)] * each + (i % each)],
    );
  const roots = inverseRoots({ dimension, covariances: gathered(covariances, size) });
  const found = extendedTo(origin, gathered(points, dimension), roots);
  const out = new Float64Array(count).fill(Number.NaN);
  usable.forEach((p, k) => {
    out[p] = found[k];
  });
  return out;
}

function slowVariable({ lab }: FullSystem, q: Float64Array, kept: Uint32Array): Float64Array {
  const all = new Float64Array(q.length / lab.model.dimension);
  lab.model.observable(lab.cv.value).evaluate(q, all.length, all);
  return Float64Array.from(kept, (i) => all[i]);
}

function firstCv(families: SamplingFamilies, experiment: Experiment): string {
  return systemOf(experiment, families).cvs[0].id;
}

/** States of one walker, evenly over `time`: by columns and by rows. @throws Error if the budget does not hold them */
export function trajectoryOf(
  micro: FullSystem,
  points: number,
  time: number,
): { q: Float64Array; rows: Float32Array; interval: number } {
  const { lab } = micro;
  const { dimension } = lab.model;
  const every = micro.steps(time / points);
  if (lab.stepsLeft(1) < every * points)
    throw new Problem(message('trajectory-needs-budget', { time, steps: every * points, dt: micro.dt }));
  const walker = lab.ensemble(1);
  const q = new Float64Array(dimension * points);
  for (let n = 0; n < points; n++) {
    walker.advance(every);
    walker.coordinates().forEach((value, d) => {
      q[d * points + n] = value;
    });
  }
  const problem = lab.divergence();
  if (problem) throw new Problem(problem);
  return { q, rows: rowsOf(q, points), interval: every * micro.dt };
}

function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (v: Float64Array) => v.reduce((x, y) => x + y, 0) / v.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (v: Float64Array, mv: number, w: Float64Array, mw: number) =>
    v.reduce((sum, x, i) => sum + (x - mv) * (w[i] - mw), 0);
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
}
