/** Standard errors of any estimator of windows, from samples drawn anew out of its own. */

import { FREE_ENERGY_BINS } from '../dynamics/walkers.ts';
import { Draws } from '../numerics/draws.ts';
import { RandomStream } from '../numerics/random.ts';
import { drawGroups } from '../numerics/resampling.ts';
import { solveSemidefinite } from '../numerics/semidefinite.ts';
import type { Estimator, WindowData, WindowSolution } from './contract.ts';
import type { Replicas } from './finding.ts';
import type { Visit, WindowMoments, WindowSamples } from './window-samples.ts';

const REPLICAS = 80;
/** With more windows than this, fewer replicas: errors are then known to a tenth instead of a thirteenth. */
const [MANY_WINDOWS, FEWER_REPLICAS] = [100, 50];
/** Whole walkers are drawn where a window has as many. */
const FEWEST_WALKERS = 4;
/** Length of a block in statistical inefficiencies, where the series allows it. */
const BLOCK = 5;
const [FEWEST_BLOCKS, MOST_BLOCKS] = [5, 50];
/** Newton steps of a replica end below this many kT: far below what replicas differ by. */
const TOLERANCE = 0.005;
const MOST_STEPS = 8;
/** Log of a window's claim on a place below which it is none. */
const NEGLIGIBLE = -25;

/** What is drawn: a walker, or a stretch of one. */
interface Units {
  /** Unit of each row. */
  readonly of: Int32Array;
  /** First unit of each window, and the end. */
  readonly first: Int32Array;
}

export function unitsOf(
  rows: number,
  visits: readonly (readonly Visit[])[],
  moments: readonly WindowMoments[],
): Units {
  const of = new Int32Array(rows);
  const first = new Int32Array(visits.length + 1);
  let unit = 0;
  visits.forEach((list, k) => {
    const { samples, statisticalInefficiency } = moments[k];
    const fit = samples / (BLOCK * statisticalInefficiency);
    const blocks = Math.min(MOST_BLOCKS, Math.max(FEWEST_BLOCKS, fit));
    const length = list.length >= FEWEST_WALKERS ? samples : Math.ceil(samples / blocks);
    for (const visit of list) {
      const parts = Math.max(1, Math.round(visit.rows.length / length));
      visit.rows.forEach((n, t) => {
        of[n] = unit + Math.floor((t * parts) / visit.rows.length);
      });
      unit += parts;
    }
    first[k + 1] = unit;
  });
  return { of, first };
}

/** How often each unit counts in a replica. */
function drawn({ first }: Units, draws: Draws): Float64Array {
  const counts = new Float64Array(first[first.length - 1]);
  for (let k = 0; k + 1 < first.length; k++) {
    const units = first[k + 1] - first[k];
    if (units > 0) drawGroups(counts, first[k], units, draws, units - 1);
  }
  return counts;
}

/** Draws the samples anew and solves MBAR for each draw. */
export function replicasOf(
  samples: Pick<WindowSamples, 'window' | 'windows' | 'cv'>,
  data: WindowSolution,
  seed: number,
): Replicas {
  const { places, visits, moments } = data;
  const count = samples.windows.length > MANY_WINDOWS ? FEWER_REPLICAS : REPLICAS;
  const units = unitsOf(samples.cv.length, visits, moments);
  const stream = new RandomStream(seed, 'bootstrap of windows');
  const claims = claimsOf(data, data.solution.freeEnergy);
  const [all, drawable] = [places.cv.length, units.first[visits.length]];
  const logWeights = new Float64Array(count * all);
  const counts = new Float64Array(count * drawable);
  for (let replica = 0; replica < count; replica++) {
    const weights = drawn(units, new Draws(stream, replica));
    counts.set(weights, replica * drawable);
    const visitsAnew = new Float64Array(all);
    const sizes = new Float64Array(samples.windows.length);
    samples.window.forEach((k, n) => {
      const weight = weights[units.of[n]];
      visitsAnew[places.of[n]] += weight;
      sizes[k] += weight;
    });
    const logDenominator = solveAgain(claims, visitsAnew, sizes);
    logWeights.set(
      logDenominator.map((value) => -value),
      replica * all,
    );
  }
  return {
    count,
    place: places.of,
    places: all,
    logWeights,
    unit: units.of,
    units: drawable,
    counts,
  };
}

/** Standard error of -log(share of the bin), NaN where it cannot be had. @param F the estimate itself */
export function bootstrapErrors(
  estimator: Estimator,
  data: WindowSolution,
  window: Int32Array,
  { F, replicas }: { readonly F: Float64Array; readonly replicas: Replicas },
): Float64Array {
  const squares = new Float64Array(FREE_ENERGY_BINS);
  const known = new Float64Array(FREE_ENERGY_BINS);
  for (let replica = 0; replica < replicas.count; replica++) {
    const again = estimator.estimate(replicaOf(estimator, data, window, replicas, replica));
    for (let bin = 0; bin < FREE_ENERGY_BINS; bin++) {
      // The share itself, not its logarithm: bins that a replica has lost count as empty. F at a point is lost with them.
      const change = Number.isNaN(again[bin]) ? -1 : Math.exp(F[bin] - again[bin]) - 1;
      if (Number.isNaN(again[bin]) && estimator.estimates === 'point') continue;
      squares[bin] += change ** 2;
      known[bin]++;
    }
  }
  return squares.map((sum, bin) =>
    Number.isNaN(F[bin]) || known[bin] < replicas.count / 2 ? Number.NaN : Math.sqrt(sum / known[bin]),
  );
}

/** The samples of a replica as estimators read them. */
function replicaOf(
  { takes }: Estimator,
  data: WindowSolution,
  window: Int32Array,
  replicas: Replicas,
  replica: number,
): WindowData {
  const { samples, places } = data;
  const weights = replicas.counts.subarray(replica * replicas.units, (replica + 1) * replicas.units);
  const counts = new Float64Array(places.cv.length);
  places.of.forEach((place, n) => {
    counts[place] += weights[replicas.unit[n]];
  });
  return {
    samples,
    places,
    counts,
    logWeights: replicas.logWeights.subarray(replica * replicas.places, (replica + 1) * replicas.places),
    moments: takes === 'moments' ? momentsAnew(window, data, replicas.unit, weights) : data.moments,
  };
}

/** Moments of the windows in a replica. */
function momentsAnew(
  window: Int32Array,
  { moments, cv }: WindowSolution,
  unit: Int32Array,
  weights: Float64Array,
): WindowMoments[] {
  const sums = moments.map(() => [0, 0, 0]);
  cv.forEach((value, n) => {
    const [weight, away] = [weights[unit[n]], value - moments[window[n]].mean];
    const sum = sums[window[n]];
    sum[0] += weight;
    sum[1] += weight * away;
    sum[2] += weight * away ** 2;
  });
  return moments.map((moment, k) => {
    const [all, first, second] = sums[k];
    return { ...moment, mean: moment.mean + first / all, variance: second / all - (first / all) ** 2 };
  });
}

/** What windows claim of each place in the solution, those that matter: `share[start[place] ..]` of windows `window`. */
interface Claims {
  readonly start: Int32Array;
  readonly window: Int32Array;
  /** exp(f - bias) over the denominator, without the number of samples. */
  readonly share: Float64Array;
  readonly logDenominator: Float64Array;
}

/** The claims at f, which replicas only scale: they cost no exponentials. */
function claimsOf({ countsOfWindows, places }: WindowSolution, f: Float64Array): Claims {
  const [all, windows] = [places.cv.length, f.length];
  const logSizes = f.map((value, k) => {
    return value + Math.log(countsOfWindows.subarray(k * all, (k + 1) * all).reduce((a, b) => a + b, 0));
  });
  const start = new Int32Array(all + 1);
  const [window, share]: [number[], number[]] = [[], []];
  const logDenominator = new Float64Array(all);
  for (let place = 0; place < all; place++) {
    const exponents = logSizes.map((value, k) => value - places.bias[place * windows + k]);
    const largest = exponents.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const sum = exponents.reduce((total, value) => total + Math.exp(value - largest), 0);
    logDenominator[place] = largest + Math.log(sum);
    exponents.forEach((value, k) => {
      if (value - logDenominator[place] < NEGLIGIBLE) return;
      window.push(k);
      share.push(Math.exp(f[k] - places.bias[place * windows + k] - logDenominator[place]));
    });
    start[place + 1] = window.length;
  }
  return { start, window: Int32Array.from(window), share: Float64Array.from(share), logDenominator };
}

/** Log denominators of MBAR for other counts at the same places. */
function solveAgain(claims: Claims, counts: Float64Array, sizes: Float64Array): Float64Array {
  const { start, window, share, logDenominator } = claims;
  const states = sizes.length;
  const scale = sizes.slice(); // N exp(f - f of the solution)
  const p = new Float64Array(states);
  for (let i = 0; ; i++) {
    const out = logDenominator.slice();
    const information = new Float64Array(states * states);
    const gradient = sizes.slice();
    for (let place = 0; place < counts.length; place++) {
      const [from, to] = [start[place], start[place + 1]];
      let sum = 0;
      for (let a = from; a < to; a++) sum += p[a - from] = scale[window[a]] * share[a];
      out[place] += Math.log(sum);
      if (counts[place] === 0) continue;
      for (let a = from; a < to; a++) {
        const claimed = (counts[place] * p[a - from]) / sum;
        const row = window[a] * states;
        gradient[window[a]] -= claimed;
        information[row + window[a]] += claimed;
        for (let b = from; b < to; b++) information[row + window[b]] -= (claimed * p[b - from]) / sum;
      }
    }
    const { x } = solveSemidefinite(information, gradient);
    const longest = x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (longest < TOLERANCE || i === MOST_STEPS) return out;
    const shorter = Math.min(1, 1 / longest);
    for (let k = 0; k < states; k++) scale[k] *= Math.exp(shorter * x[k]);
  }
}
