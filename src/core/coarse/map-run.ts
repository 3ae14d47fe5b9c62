/** A diffusion map of the states of one trajectory: slow variables from data. */
import type { Experiment } from '../experiment.ts';
import type { Families } from '../families.ts';
import { byWalker } from '../walkers.ts';
import type { DiffusionMapResult } from './close-protocol.ts';
import { connectedPoints, diffusionMap, distancesAmong, euclideanDistances } from './diffusion-map.ts';
import { harmonicResiduals } from './harmonics.ts';
import { selfTuned } from './kernel-scale.ts';
import { burstCovariances, type LocalNoise, logDeterminants, mahalanobisDistances } from './mahalanobis.ts';
import { Micro } from './micro.ts';
import { closeSettingsOf } from './settings.ts';

/** Coordinates that are found. */
const COUNT = 4;
/** Bursts from each state, as the budget holds. */
const MOST_BURSTS = 64;
const LEAST_BURSTS = 8;
/** States and bursts with which the length of bursts is found, the change of the log determinant that counts as none, the shortest. */
const KNEE_POINTS = 100;
const KNEE_BURSTS = 64;
const FLAT = 0.1;
const SHORTEST = 1e-8;
/** States whose bursts run at once. */
const BATCH = 500;
/** A state counts if the kernel of all others sums to so much there. */
const LEAST_NEAR = 3;
/** Share of the states that must count. */
const LEAST_KEPT = 0.5;

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
  const measured = settings.map === 'mahalanobis' ? noiseOf(families, micro, states.q) : null;
  const rows = Float64Array.from(states.rows);
  const plain = measured ? mahalanobisDistances(rows, measured.noise) : euclideanDistances(rows, dimension);
  const [given] = settings.scale;
  const { distances, scale } = given === undefined ? selfTuned(plain) : { distances: plain, scale: given };
  const alpha = Number(settings.alpha);
  const kept = connectedPoints(distances, scale, LEAST_NEAR);
  if (kept.length < LEAST_KEPT * settings.points)
    throw new Error(
      `At the kernel scale ${scale.toPrecision(3)} most states have no others near them. Take a larger scale, or more states.`,
    );
  const map = diffusionMap(distancesAmong(distances, kept), { scale, alpha, count: COUNT });
  const all = new Float64Array(settings.points);
  lab.model.observable(lab.cv.value).evaluate(states.q, settings.points, all);
  const slow = Float64Array.from(kept, (i) => all[i]);
  const correlations = Float64Array.from(map.coordinates, (phi) => correlation(phi, slow));
  return {
    distances: measured ? 'mahalanobis' : 'euclidean',
    states: { dimension, values: rowsOf(states.rows, dimension, kept) },
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
}

function rowsOf(rows: Float32Array, dimension: number, kept: Uint32Array): Float32Array {
  const place = (i: number) => kept[Math.floor(i / dimension)] * dimension + (i % dimension);
  return Float32Array.from({ length: kept.length * dimension }, (_, i) => rows[place(i)]);
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

/** Noise at states `q[coordinate * points + point]`. @throws Error if the budget does not hold the bursts, or there is no knee */
export function noiseOf(families: Families, micro: Micro, q: Float64Array) {
  const { lab } = micro;
  const points = q.length / lab.model.dimension;
  const count = Math.min(MOST_BURSTS, Math.floor(lab.stepsLeft(points) - 1));
  if (count < LEAST_BURSTS)
    throw new Error(
      `The budget holds fewer than ${LEAST_BURSTS} bursts from each of ${points} states. Take a larger one, or fewer states.`,
    );
  // One step of Euler-Maruyama is all that a burst needs: what matters is how short it is.
  const microWith = (dt: number) =>
    new Micro(families, {
      ...lab.experiment,
      integrator: 'euler-maruyama',
      'integrator.dt': dt,
    });
  const time = knee(microWith, someOf(q, points), micro.dt);
  const noise = burstNoise(microWith(time), q, count);
  lab.charge(points * count);
  return { noise, burst: { time, count } };
}

/**
 * The longest of steps, each a tenth of the one before, at which the determinant of the covariance rate no longer depends on it: a
 * burst that is short against the fast time may still be too long for the curvature of what is seen.
 */
function knee(microWith: (dt: number) => Micro, q: Float64Array, longest: number): number {
  let before = Number.NaN;
  for (let time = longest; time > SHORTEST * longest; time /= 10) {
    const level = meanLogDeterminant(burstNoise(microWith(time), q, KNEE_BURSTS));
    if (Math.abs(level - before) < FLAT) return time;
    before = level;
  }
  throw new Error(
    'The noise of bursts depends on their length, however short they are: there is no noise in some direction.',
  );
}

function someOf(q: Float64Array, points: number): Float64Array {
  const count = Math.min(points, KNEE_POINTS);
  const place = (n: number) => Math.floor((n * points) / count);
  return Float64Array.from(
    { length: (q.length / points) * count },
    (_, i) => q[Math.floor(i / count) * points + place(i % count)],
  );
}

function meanLogDeterminant(noise: LocalNoise): number {
  const determinants = logDeterminants(noise);
  return determinants.reduce((a, b) => a + b, 0) / determinants.length;
}

function burstNoise(micro: Micro, q: Float64Array, count: number): LocalNoise {
  const { dimension } = micro.lab.model;
  const points = q.length / dimension;
  const ends = new Float64Array(points * count * dimension);
  const size = Math.min(BATCH, points);
  const walkers = micro.walkers(size * count);
  for (let first = 0; first < points; first += size) {
    const at = (w: number) => Math.min(points - 1, first + Math.floor(w / count));
    const from = (i: number) => q[Math.floor(i / walkers.count) * points + at(i % walkers.count)];
    walkers.place(Float64Array.from({ length: dimension * walkers.count }, (_, i) => from(i)));
    walkers.advance(1);
    const seen = walkers.coordinates();
    const used = Math.min(size, points - first) * count;
    for (let w = 0; w < used; w++)
      for (let d = 0; d < dimension; d++)
        ends[(first * count + w) * dimension + d] = seen[d * walkers.count + w];
  }
  return burstCovariances(ends, dimension, count, micro.dt);
}

function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (v: Float64Array) => v.reduce((x, y) => x + y, 0) / v.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (v: Float64Array, mv: number, w: Float64Array, mw: number) =>
    v.reduce((sum, x, i) => sum + (x - mv) * (w[i] - mw), 0);
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
}
