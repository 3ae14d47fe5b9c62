/** How walkers move: correlation functions, displacements and velocities, from places noted at equal distances of time. */

/** A number with its standard error, which is NaN with fewer than four walkers. */
export interface Measured {
  readonly value: number;
  readonly stderr: number;
}

export interface MeasuredCurve {
  readonly lags: Float64Array;
  readonly values: Float64Array;
  readonly stderr: Float64Array;
}

export interface Motion {
  /** Autocorrelation of the slow variable (of its phase, where it is periodic), 1 at lag 0. */
  readonly correlation: MeasuredCurve | null;
  /** Its integral over all lags; null where it decays within the spacing of the notes or does not within their length. */
  readonly integratedTime: Measured | null;
  /** Mean squared displacement of one coordinate, never wrapped. */
  readonly displacement: MeasuredCurve | null;
  readonly velocity: Measured | null;
  /**
   * Half the growth of the variance of displacements with the lag; null where walkers are confined, or where it is not yet
   * the same at shorter lags.
   */
  readonly diffusion: Measured | null;
  /** Mean of m v^2 in the units of kT; null without velocities, and while it still drifts. */
  readonly kineticTemperature: Measured | null;
}

export interface Note {
  /** Functions of the slow variable whose correlations are added: `[walker]` each. */
  readonly observables: readonly Float64Array[];
  readonly coordinate: Float64Array;
  /** Of each walker the mean of m v^2 over its coordinates; null without velocities. */
  readonly kinetic: Float64Array | null;
}

/** Fewer notes say nothing. */
const FEWEST_NOTES = 40;
const FEWEST_WALKERS = 4;
/** Lags go up to this share of what is noted; the diffusion constant is read at half of that and at its end. */
const LONGEST_LAG = 1 / 8;
const LINEAR_LAGS = 16;
const LAG_RATIO = 1.12;
/** The integral of the correlation ends at so many times itself (Sokal's window). */
const WINDOW = 6;
/** Correlation at the first lag below which the notes are too far apart. */
const RESOLVED = 0.3;

/** Difference of what should be equal, in standard errors, from which on it is not. */
const AGREEMENT = 2.5;
/** Share of the notes at the beginning that is always left out, since all walkers start at one place and at rest. */
const BEGINNING = 0.2;

/** Correlation below which walkers have forgotten their place in the period, so that displacements may grow like diffusion. */
const FORGOTTEN = 0.2;

const NOTHING: Motion = {
  correlation: null,
  integratedTime: null,
  displacement: null,
  velocity: null,
  diffusion: null,
  kineticTemperature: null,
};

/**
 * Errors are those between walkers, which are independent.
 * @param spacing time between two notes  @param confined the coordinate has bounds, so that no diffusion constant exists
 */
export function motionOf(all: readonly Note[], spacing: number, confined: boolean): Motion {
  const notes = all.slice(Math.floor(BEGINNING * all.length));
  if (notes.length < FEWEST_NOTES) return NOTHING;
  const lags = lagsUpTo(Math.floor(notes.length * LONGEST_LAG));
  const path = notes.map(({ coordinate }) => coordinate);
  const velocity = velocityOf(path, spacing);
  const walkers = path[0].length;
  const products = correlations(notes, lags);
  const forgotten = correlatedAt(products, lags, lags[lags.length - 1] / 2) < FORGOTTEN;
  const steady = products[0].some((value) => value > 0);
  return {
    correlation: steady ? normalised(products, lags, spacing) : null,
    integratedTime: steady ? integrated(products, lags, spacing) : null,
    displacement: displacements(path, lags, spacing),
    velocity,
    diffusion: confined || !forgotten ? null : diffusionOf(path, lags, spacing, velocity.value),
    kineticTemperature: kineticTemperatureOf(notes, walkers),
  };
}

function lagsUpTo(longest: number): number[] {
  const lags: number[] = [];
  for (let lag = 0; lag < longest; lag = lag < LINEAR_LAGS ? lag + 1 : Math.ceil(lag * LAG_RATIO))
    lags.push(lag);
  return [...lags, longest];
}

/** `[lag][walker]`: mean over time of the products of deviations from the mean over walkers and time. */
function correlations(notes: readonly Note[], lags: readonly number[]): Float64Array[] {
  const walkers = notes[0].coordinate.length;
  const sums = lags.map(() => new Float64Array(walkers));
  notes[0].observables.forEach((_, k) => {
    const mean = meanOf(notes.map(({ observables }) => meanOf(observables[k])));
    const deviations = notes.map(({ observables }) => observables[k].map((value) => value - mean));
    for (const [i, lag] of lags.entries())
      for (let t = 0; t + lag < deviations.length; t++)
        for (let w = 0; w < walkers; w++)
          sums[i][w] += (deviations[t][w] * deviations[t + lag][w]) / (deviations.length - lag);
  });
  return sums;
}

function correlatedAt(products: readonly Float64Array[], lags: readonly number[], lag: number): number {
  const at = products[lags.findIndex((other) => other >= lag)];
  return meanOf(at) / meanOf(products[0]);
}

/** The ratio to lag 0 of all walkers, with the error of leaving each of them out in turn. */
function normalised(
  products: readonly Float64Array[],
  lags: readonly number[],
  spacing: number,
): MeasuredCurve {
  const ratios = products.map((values) => jackknife(values.length, (sum) => sum(values) / sum(products[0])));
  return curve(ratios, lags, spacing);
}

function integrated(
  products: readonly Float64Array[],
  lags: readonly number[],
  spacing: number,
): Measured | null {
  const total = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
  if (total(products[1]) < RESOLVED * total(products[0])) return null;
  /** By trapezoids up to a lag. */
  const area = (sum: (values: Float64Array) => number, last: number) => {
    let area = 0;
    for (let i = 1; i <= last; i++)
      area += ((lags[i] - lags[i - 1]) * (sum(products[i]) + sum(products[i - 1]))) / 2;
    return (spacing * area) / sum(products[0]);
  };
  const last = lags.findIndex((lag, i) => i > 0 && lag * spacing >= WINDOW * area(total, i));
  return last < 0 ? null : jackknife(products[0].length, (sum) => area(sum, last));
}

/** Standard error of a function of sums over walkers. */
function jackknife(walkers: number, estimate: (sum: (values: Float64Array) => number) => number): Measured {
  const totals = new Map<Float64Array, number>();
  const total = (values: Float64Array) => {
    const known = totals.get(values) ?? values.reduce((a, b) => a + b, 0);
    totals.set(values, known);
    return known;
  };
  const value = estimate(total);
  if (walkers < FEWEST_WALKERS) return { value, stderr: Number.NaN };
  const without = Float64Array.from({ length: walkers }, (_, w) =>
    estimate((values) => total(values) - values[w]),
  );
  const mean = meanOf(without);
  const squares = without.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  return { value, stderr: Math.sqrt((squares * (walkers - 1)) / walkers) };
}

function velocityOf(path: readonly Float64Array[], spacing: number): Measured {
  const [first, last] = [path[0], path[path.length - 1]];
  return overWalkers(last.map((value, w) => (value - first[w]) / (spacing * (path.length - 1))));
}

function displacements(
  path: readonly Float64Array[],
  lags: readonly number[],
  spacing: number,
): MeasuredCurve {
  return curve(
    lags.map((lag) => overWalkers(squares(path, lag, 0))),
    lags,
    spacing,
  );
}

/** Of each walker: mean over time of the squared deviation of its displacement from `drift`. */
function squares(path: readonly Float64Array[], lag: number, drift: number): Float64Array {
  const sums = new Float64Array(path[0].length);
  for (let t = 0; t + lag < path.length; t++)
    for (let w = 0; w < sums.length; w++) sums[w] += (path[t + lag][w] - path[t][w] - drift) ** 2;
  return sums.map((sum) => sum / (path.length - lag));
}

function diffusionOf(
  path: readonly Float64Array[],
  lags: readonly number[],
  spacing: number,
  velocity: number,
): Measured | null {
  const long = lags[lags.length - 1];
  const short = Math.floor(long / 2);
  /** The drift is measured on the same walkers, which takes off its share of the variance. */
  const variances = (lag: number) => {
    const taken = lag / (path[0].length * (path.length - 1));
    return squares(path, lag, velocity * lag * spacing).map((value) => value / (1 - taken));
  };
  const shortest = Math.floor(short / 2);
  const [nearest, near, far] = [variances(shortest), variances(short), variances(long)];
  const slopes = far.map((value, w) => (value - near[w]) / (2 * (long - short) * spacing));
  const earlier = near.map((value, w) => (value - nearest[w]) / (2 * (short - shortest) * spacing));
  return agree(slopes, earlier) ? overWalkers(slopes) : null;
}

/** Walkers may start at rest: null until the two halves agree. */
function kineticTemperatureOf(notes: readonly Note[], walkers: number): Measured | null {
  const middle = Math.floor(notes.length / 2);
  const halves = [new Float64Array(walkers), new Float64Array(walkers)];
  for (const [n, { kinetic }] of notes.entries()) {
    if (!kinetic) return null;
    const [half, count] = n < middle ? [halves[0], middle] : [halves[1], notes.length - middle];
    for (let w = 0; w < walkers; w++) half[w] += kinetic[w] / count;
  }
  const [first, second] = halves;
  if (!agree(first, second)) return null;
  return overWalkers(first.map((value, w) => (value + second[w]) / 2));
}

/** Whether the means over walkers differ by no more than their scatter; true with too few walkers to tell. */
function agree(some: Float64Array, others: Float64Array): boolean {
  const { value, stderr } = overWalkers(some.map((each, w) => each - others[w]));
  return !(Math.abs(value) > AGREEMENT * stderr);
}

function curve(points: readonly Measured[], lags: readonly number[], spacing: number): MeasuredCurve {
  return {
    lags: Float64Array.from(lags, (lag) => lag * spacing),
    values: Float64Array.from(points, ({ value }) => value),
    stderr: Float64Array.from(points, ({ stderr }) => stderr),
  };
}

function overWalkers(values: Float64Array): Measured {
  const mean = meanOf(values);
  const count = values.length;
  if (count < FEWEST_WALKERS) return { value: mean, stderr: Number.NaN };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { value: mean, stderr: Math.sqrt(squares / (count * (count - 1))) };
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}
