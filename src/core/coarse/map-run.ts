/** A diffusion map of the states of one trajectory: slow variables from data. */
import type { Experiment } from '../experiment.ts';
import type { Families } from '../families.ts';
import { byWalker } from '../walkers.ts';
import type { DiffusionMapResult } from './close-protocol.ts';
import { diffusionMap, euclideanDistances } from './diffusion-map.ts';
import { harmonicResiduals } from './harmonics.ts';
import { neighbourScale } from './kernel-scale.ts';
import { burstCovariances, mahalanobisDistances } from './mahalanobis.ts';
import { Micro } from './micro.ts';
import { closeSettingsOf } from './settings.ts';

/** Coordinates that are found. */
const COUNT = 4;
/** Bursts from each state, as the budget holds, and their steps: short against the fast time, of which a step is a twentieth. */
const MOST_BURSTS = 64;
const LEAST_BURSTS = 8;
const BURST_STEPS = 2;
/** States whose bursts run at once. */
const BATCH = 500;

/** @throws Error if the trajectory does not fit the budget, walkers are lost, or there is no noise in some direction */
export function diffusionMapRun(
  families: Families,
  experiment: Experiment,
  evaluations: number,
): DiffusionMapResult {
  const settings = closeSettingsOf(experiment);
  const micro = new Micro(families, {
    ...experiment,
    budget: Math.floor(evaluations),
    cv: firstCv(families, experiment),
  });
  const { lab } = micro;
  const states = trajectoryOf(micro, settings.points, experiment.time);
  const { dimension } = lab.model;
  const measured = settings.map === 'mahalanobis' ? noiseOf(micro, states.q) : null;
  const rows = Float64Array.from(states.rows);
  const distances = measured
    ? mahalanobisDistances(rows, measured.noise)
    : euclideanDistances(rows, dimension);
  const scale = settings.scale[0] ?? neighbourScale(distances);
  const alpha = Number(settings.alpha);
  const map = diffusionMap(distances, { scale, alpha, count: COUNT });
  const slow = new Float64Array(settings.points);
  lab.model.observable(lab.cv.value).evaluate(states.q, settings.points, slow);
  const correlations = Float64Array.from(map.coordinates, (phi) => correlation(phi, slow));
  return {
    distances: measured ? 'mahalanobis' : 'euclidean',
    states: { dimension, values: states.rows },
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
}

function firstCv(families: Families, { system, cv }: Experiment): string {
  const { cvs } = families.systems[system];
  return typeof cvs === 'function' ? cv : cvs[0].id;
}

/** States of one walker, evenly over `time`: by columns and by rows. @throws Error if the budget does not hold them */
export function trajectoryOf(
  micro: Micro,
  points: number,
  time: number,
): { q: Float64Array; rows: Float32Array; interval: number } {
  const { lab } = micro;
  const { dimension } = lab.model;
  const every = micro.steps(time / points);
  if (lab.stepsLeft(1) < every * points)
    throw new Error(
      `A trajectory of time ${time} takes ${every * points} steps of ${micro.dt}: the budget does not hold it.`,
    );
  const walker = lab.ensemble(1);
  const q = new Float64Array(dimension * points);
  for (let n = 0; n < points; n++) {
    walker.advance(every);
    walker.coordinates().forEach((value, d) => {
      q[d * points + n] = value;
    });
  }
  const problem = lab.divergence();
  if (problem) throw new Error(problem);
  return { q, rows: byWalker(q, points), interval: every * micro.dt };
}

/** Covariance per time of short bursts from states `q[coordinate * points + point]`. @throws Error if the budget does not hold them */
export function noiseOf(micro: Micro, q: Float64Array) {
  const { lab } = micro;
  const { dimension } = lab.model;
  const points = q.length / dimension;
  const count = Math.min(MOST_BURSTS, Math.floor(lab.stepsLeft(points) / BURST_STEPS));
  if (count < LEAST_BURSTS)
    throw new Error(
      `The budget holds fewer than ${LEAST_BURSTS} bursts from each of ${points} states. Take a larger one, or fewer states.`,
    );
  const ends = new Float64Array(points * count * dimension);
  const size = Math.min(BATCH, points);
  const walkers = micro.walkers(size * count);
  for (let first = 0; first < points; first += size) {
    const at = (w: number) => Math.min(points - 1, first + Math.floor(w / count));
    const from = (i: number) => q[Math.floor(i / walkers.count) * points + at(i % walkers.count)];
    walkers.place(Float64Array.from({ length: dimension * walkers.count }, (_, i) => from(i)));
    walkers.advance(BURST_STEPS);
    const rows = byWalker(walkers.coordinates(), walkers.count);
    const used = Math.min(size, points - first) * count * dimension;
    ends.set(rows.subarray(0, used), first * count * dimension);
  }
  const time = BURST_STEPS * micro.dt;
  return {
    noise: burstCovariances(ends, dimension, count, time),
    burst: { time, count, timeStep: micro.dt },
  };
}

function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (v: Float64Array) => v.reduce((x, y) => x + y, 0) / v.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (v: Float64Array, mv: number, w: Float64Array, mw: number) =>
    v.reduce((sum, x, i) => sum + (x - mv) * (w[i] - mw), 0);
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
}
