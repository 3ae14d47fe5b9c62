/** Thermodynamic integration: a free energy from mean forces along a path (Kirkwood, J. Chem. Phys. 3, 300 (1935)). */

/** The derivative of F, in kT per unit of the collective variable, at one place. */
export interface MeanForce {
  readonly cv: number;
  readonly gradient: number;
  /** Standard error of `gradient`; those of different places are independent. */
  readonly stderr: number;
}

export interface IntegratedFreeEnergy {
  readonly cv: Float64Array;
  /** In kT, minimum 0. */
  readonly freeEnergy: Float64Array;
  /** Standard error in kT of the difference from the lowest place, which itself has none. */
  readonly stderr: Float64Array;
  /**
   * For a periodic variable what is left after a full turn, in kT, and its standard error: 0 within errors if
   * all is well. It is not distributed over the ring.
   */
  readonly closure: { readonly value: number; readonly stderr: number } | null;
}

/** An umbrella window, as far as its mean force is concerned. */
export interface RestrainedWindow {
  readonly center: number;
  /** In energy per unit of the collective variable squared. */
  readonly springConstant: number;
  /** Mean of the collective variable, near `center` (for a periodic one not wrapped away from it). */
  readonly mean: number;
  readonly variance: number;
  /** Independent samples: their number over the statistical inefficiency. */
  readonly effectiveSampleSize: number;
}

/**
 * The mean force of a stiff window: at its mean the spring and the slope of F hold each other.
 * Systematically off by half of F''' times the variance.
 */
export function windowMeanForce(window: RestrainedWindow, kT: number): MeanForce {
  const { center, springConstant, mean, variance, effectiveSampleSize } = window;
  // The place errs with the force: what counts is the error of F' at that place, which is kT / variance, not the spring.
  const stderr = Math.sqrt(1 / (variance * effectiveSampleSize));
  return { cv: mean, gradient: (springConstant * (center - mean)) / kT, stderr };
}

/**
 * F along the places by the trapezoidal rule, each error carried through all intervals that its place bounds. The rule's own
 * error, spacing^2 / 12 times the change of F'', is not included.
 * @param forces at ascending places, at least two
 * @param period length of a periodic variable; the ring is then closed, from the last place to the first
 * @throws RangeError if the places do not ascend or exceed the period
 */
export function thermodynamicIntegration(
  forces: readonly MeanForce[],
  period?: number,
): IntegratedFreeEnergy {
  const places = forces.length;
  const cv = Float64Array.from(forces, (force) => force.cv);
  const gap = period === undefined ? 1 : period - (cv[places - 1] - cv[0]);
  if (places < 2 || !(gap > 0) || cv.some((value, i) => i > 0 && !(value > cv[i - 1]))) {
    throw new RangeError('places-not-ascending');
  }
  // Trapezoids as weights: F(i) = sum_j weight(i, j) gradient(j).
  const weight = (i: number, j: number): number => {
    if (j > i) return 0;
    return ((j > 0 ? cv[j] - cv[j - 1] : 0) + (j < i ? cv[j + 1] - cv[j] : 0)) / 2;
  };
  const raw = cv.map((_, i) => forces.reduce((sum, force, j) => sum + weight(i, j) * force.gradient, 0));
  let lowest = 0;
  for (let i = 1; i < places; i++) if (raw[i] < raw[lowest]) lowest = i;
  const error = (of: (j: number) => number) =>
    Math.sqrt(forces.reduce((sum, force, j) => sum + (of(j) * force.stderr) ** 2, 0));
  const stderr = cv.map((_, i) => error((j) => weight(i, j) - weight(lowest, j)));
  const around = (j: number) => weight(places - 1, j) + (j === 0 || j === places - 1 ? gap / 2 : 0);
  const closure =
    period === undefined
      ? null
      : {
          value: forces.reduce((sum, force, j) => sum + around(j) * force.gradient, 0),
          stderr: error(around),
        };
  return { cv, freeEnergy: raw.map((value) => value - raw[lowest]), stderr, closure };
}

/** Thermodynamic integration carried on to `places` between the mean forces, the gradient being linear there; NaN beyond. */
export function betweenMeans(
  means: readonly MeanForce[],
  places: Float64Array,
  low: number,
  period?: number,
): Float64Array {
  const wrapped = (z: number) => (period === undefined ? z : z - period * Math.floor((z - low) / period));
  const forces = means.map((force) => ({ ...force, cv: wrapped(force.cv) })).sort((a, b) => a.cv - b.cv);
  const { freeEnergy } = thermodynamicIntegration(forces, period);
  return places.map((place) => {
    const z = period !== undefined && place < forces[0].cv ? place + period : place;
    const after = forces.findIndex(({ cv }) => cv >= z);
    if (after === 0 || (after < 0 && period === undefined))
      return z === forces[0].cv ? freeEnergy[0] : Number.NaN;
    const i = after < 0 ? forces.length - 1 : after - 1;
    const next = after < 0 ? { ...forces[0], cv: forces[0].cv + (period as number) } : forces[after];
    const [from, to] = [forces[i], next];
    const t = z - from.cv;
    return (
      freeEnergy[i] + t * from.gradient + (t ** 2 * (to.gradient - from.gradient)) / (2 * (to.cv - from.cv))
    );
  });
}
