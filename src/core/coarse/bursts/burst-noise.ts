/** Noise at states, from short bursts: what Mahalanobis distances are made of. */
import { Problem } from '../../message.ts';
import type { SamplingFamilies } from '../../sampling/method.ts';
import { FullSystem } from '../lifting/full-system.ts';
import { burstCovariances, type LocalNoise, logDeterminants } from '../map/mahalanobis.ts';
import { message } from '../messages.ts';

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
/** Noise at states `q[coordinate * points + point]`, and at others later (`at`). @throws Error if the budget does not hold the bursts, or there is no knee */
export function noiseOf(families: SamplingFamilies, micro: FullSystem, q: Float64Array) {
  const { lab } = micro;
  const points = q.length / lab.model.dimension;
  const count = Math.min(MOST_BURSTS, Math.floor(lab.stepsLeft(points) - 1));
  if (count < LEAST_BURSTS)
    throw new Problem(message('map-bursts-need-budget', { bursts: LEAST_BURSTS, states: points }));
  // One step of Euler-Maruyama is all that a burst needs: what matters is how short it is.
  const microWith = (dt: number) =>
    new FullSystem(families, {
      ...lab.experiment,
      integrator: 'euler-maruyama',
      'integrator.dt': dt,
    });
  const time = knee(microWith, someOf(q, points), micro.dt);
  const at = (states: Float64Array) => {
    lab.charge((states.length / lab.model.dimension) * count);
    return burstNoise(microWith(time), states, count);
  };
  return { noise: at(q), at, burst: { time, count } };
}

/**
 * The longest of steps, each a tenth of the one before, at which the determinant of the covariance rate no longer depends on it: a
 * burst that is short against the fast time may still be too long for the curvature of what is seen.
 */
function knee(microWith: (dt: number) => FullSystem, q: Float64Array, longest: number): number {
  let before = Number.NaN;
  for (let time = longest; time > SHORTEST * longest; time /= 10) {
    const level = meanLogDeterminant(burstNoise(microWith(time), q, KNEE_BURSTS));
    if (Math.abs(level - before) < FLAT) return time;
    before = level;
  }
  throw new Problem(message('noise-missing', {}));
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

function burstNoise(micro: FullSystem, q: Float64Array, count: number): LocalNoise {
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
