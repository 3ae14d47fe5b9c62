/** Standard errors of any estimator of windows, from samples drawn anew out of its own. */
import type { Replicas } from '../method.ts';
import { RandomStream } from '../random.ts';
import { FREE_ENERGY_BINS } from '../walkers.ts';
import { likelihood, solveSemidefinite } from './mbar-likelihood.ts';
import { type Estimator, ofMoments, ofWeights, type Reduced } from './window-estimates.ts';
import type { Visit, WindowMoments, WindowSamples } from './window-samples.ts';

const REPLICAS = 80;
/** Whole walkers are drawn where a window has as many. */
const FEWEST_WALKERS = 4;
/** Length of a block in statistical inefficiencies, where the series allows it. */
const BLOCK = 5;
const [FEWEST_BLOCKS, MOST_BLOCKS] = [5, 50];
/** Newton steps of a replica end below this many kT: far below what replicas differ by. */
const TOLERANCE = 0.005;
const MOST_STEPS = 8;

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

/**
 * How often each unit counts in a replica: of n units n - 1 are drawn and count n / (n - 1) times, for which the variance of
 * means is right however few they are (Rao, Wu, J. Am. Stat. Assoc. 83, 231 (1988)).
 */
function drawn({ first }: Units, stream: RandomStream, replica: number): Float64Array {
  const weights = new Float64Array(first[first.length - 1]);
  const uniforms = new Float64Array(4);
  let used = 0;
  const next = () => {
    if (used % 4 === 0) stream.uniforms(replica, used / 4, uniforms);
    return uniforms[used++ % 4];
  };
  for (let k = 0; k + 1 < first.length; k++) {
    const n = first[k + 1] - first[k];
    if (n === 1) weights[first[k]] = 1;
    for (let i = 1; i < n; i++) weights[first[k] + Math.floor(n * next())] += n / (n - 1);
  }
  return weights;
}

/** Draws the samples anew and solves MBAR for each draw. @param f free energies of the windows, to begin with */
export function replicasOf(
  samples: WindowSamples,
  reduced: Reduced,
  f: Float64Array,
  seed: number,
): Replicas {
  const { places, visits, moments } = reduced;
  const units = unitsOf(samples.cv.length, visits, moments);
  const stream = new RandomStream(seed, 'bootstrap of windows');
  const [all, drawable] = [places.cv.length, units.first[visits.length]];
  const logWeights = new Float64Array(REPLICAS * all);
  const counts = new Float64Array(REPLICAS * drawable);
  for (let replica = 0; replica < REPLICAS; replica++) {
    const weights = drawn(units, stream, replica);
    counts.set(weights, replica * drawable);
    const visitsAnew = new Float64Array(all);
    const sizes = new Float64Array(samples.windows.length);
    samples.window.forEach((k, n) => {
      const weight = weights[units.of[n]];
      visitsAnew[places.of[n]] += weight;
      sizes[k] += weight;
    });
    const logDenominator = solveAgain(places.bias, visitsAnew, sizes, f);
    logWeights.set(
      logDenominator.map((value) => -value),
      replica * all,
    );
  }
  return {
    count: REPLICAS,
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
  samples: WindowSamples,
  estimator: Estimator,
  reduced: Reduced,
  { F, replicas }: { readonly F: Float64Array; readonly replicas: Replicas },
): Float64Array {
  const squares = new Float64Array(FREE_ENERGY_BINS);
  const known = new Float64Array(FREE_ENERGY_BINS);
  for (let replica = 0; replica < replicas.count; replica++) {
    const again = replicaOf(samples, estimator, reduced, replicas, replica);
    for (let bin = 0; bin < FREE_ENERGY_BINS; bin++) {
      // The share itself, not its logarithm: bins that a replica has lost count as empty.
      const change = Number.isNaN(again[bin]) ? -1 : Math.exp(F[bin] - again[bin]) - 1;
      if (Number.isNaN(again[bin]) && estimator.endsWith('integration')) continue;
      squares[bin] += change ** 2;
      known[bin]++;
    }
  }
  return squares.map((sum, bin) =>
    Number.isNaN(F[bin]) || known[bin] < replicas.count / 2 ? Number.NaN : Math.sqrt(sum / known[bin]),
  );
}

function replicaOf(
  samples: WindowSamples,
  estimator: Estimator,
  reduced: Reduced,
  replicas: Replicas,
  replica: number,
): Float64Array {
  const { places } = reduced;
  const weights = replicas.counts.subarray(replica * replicas.units, (replica + 1) * replicas.units);
  if (estimator === 'umbrella-integration' || estimator === 'thermodynamic-integration') {
    const moments = momentsAnew(samples, reduced, replicas.unit, weights);
    return ofMoments(samples, estimator, { ...reduced, moments });
  }
  const counts = new Float64Array(places.cv.length);
  places.of.forEach((place, n) => {
    counts[place] += weights[replicas.unit[n]];
  });
  if (estimator === 'histogram') return ofWeights(counts, places);
  const logWeights = replicas.logWeights.subarray(replica * replicas.places, (replica + 1) * replicas.places);
  const largest = logWeights.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return ofWeights(
    counts.map((count, j) => count * Math.exp(logWeights[j] - largest)),
    places,
  );
}

/** Moments of the windows in a replica. */
function momentsAnew(
  { window }: WindowSamples,
  { moments, cv }: Reduced,
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

/** Log denominators of MBAR for other counts at the same places, beginning at f. */
function solveAgain(
  bias: Float64Array,
  counts: Float64Array,
  sizes: Float64Array,
  f: Float64Array,
): Float64Array {
  const problem = { reduced: bias, windowSizes: sizes, multiplicity: counts };
  const starts = new Float64Array(sizes.length + 1);
  starts[sizes.length] = counts.length; // The likelihood does not ask which window a row is from.
  let current = f;
  for (let i = 0; ; i++) {
    const here = likelihood(problem, starts, current, 1);
    const { x } = solveSemidefinite(
      here.information,
      sizes.map((size, k) => size - here.claimed[k]),
    );
    const longest = x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (longest < TOLERANCE || i === MOST_STEPS) return here.logDenominator;
    const shorter = Math.min(1, 1 / longest);
    current = current.map((value, k) => value + shorter * x[k]);
  }
}
