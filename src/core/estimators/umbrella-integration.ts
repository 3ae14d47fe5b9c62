/**
 * Umbrella integration (Kaestner, Thiel, J. Chem. Phys. 123, 144104 (2005), doi 10.1063/1.2052648; errors after J. Chem. Phys.
 * 124, 234106 (2006)): mean forces of windows taken as Gaussian, averaged where they overlap, and integrated.
 *
 * Needs no overlap and no bins, only means and variances; it is as good as windows are Gaussian.
 */

/** What the method needs of an umbrella window. */
export interface GaussianWindow {
  readonly center: number;
  /** In energy per unit of the collective variable squared. */
  readonly springConstant: number;
  /** Mean of the collective variable, near `center` (for a periodic one not wrapped away from it). */
  readonly mean: number;
  readonly variance: number;
  readonly samples: number;
  /** Samples over the statistical inefficiency. */
  readonly effectiveSampleSize: number;
}

export interface UmbrellaIntegral {
  readonly cv: Float64Array;
  /** dF/dcv in kT per unit of the collective variable. */
  readonly gradient: Float64Array;
  /** In kT, minimum 0. */
  readonly freeEnergy: Float64Array;
  /** Standard error in kT of the difference from the lowest place, which itself has none. */
  readonly stderr: Float64Array;
}

/** Shortest way from b to a. */
function difference(a: number, b: number, period?: number): number {
  return period === undefined ? a - b : a - b - period * Math.round((a - b) / period);
}

/** Share of each window in the mean force at z: its samples times its density there. */
function shares(windows: readonly GaussianWindow[], z: number, period?: number): number[] {
  const logs = windows.map(({ mean, variance, samples }) => {
    return Math.log(samples) - difference(z, mean, period) ** 2 / (2 * variance) - Math.log(variance) / 2;
  });
  const largest = Math.max(...logs);
  const terms = logs.map((value) => Math.exp(value - largest));
  const sum = terms.reduce((a, b) => a + b, 0);
  return terms.map((term) => term / sum);
}

/**
 * F on a grid by the trapezoidal rule. Errors: those of the means and variances, as of Gaussian samples, carried through the
 * integral; deviations from Gaussian windows are not in them.
 * @param windows all with samples and a variance above 0
 * @param cv ascending places, within what the windows cover: beyond the outer means F is an extrapolation
 * @param period length of a periodic variable
 * @throws RangeError if a window has no samples or no variance
 */
export function umbrellaIntegration(
  windows: readonly GaussianWindow[],
  cv: Float64Array,
  kT: number,
  period?: number,
): UmbrellaIntegral {
  if (windows.length === 0 || windows.some(({ samples, variance }) => !(samples > 0 && variance > 0))) {
    throw new RangeError('window-without-variance');
  }
  const places = cv.length;
  const gradient = new Float64Array(places);
  // Derivatives of the mean force by each window's mean and variance; those of the shares cancel where windows agree.
  const byMean = windows.map(() => new Float64Array(places));
  const byVariance = windows.map(() => new Float64Array(places));
  cv.forEach((z, i) => {
    const share = shares(windows, z, period);
    windows.forEach(({ center, springConstant, mean, variance }, k) => {
      const fromMean = difference(z, mean, period);
      // The spring pulls from the centre next to the mean, whichever way round z lies.
      const fromCenter = fromMean + difference(mean, center, period);
      gradient[i] += share[k] * (fromMean / variance - (springConstant * fromCenter) / kT);
      byMean[k][i] = -share[k] / variance;
      byVariance[k][i] = (-share[k] * fromMean) / variance ** 2;
    });
  });
  const freeEnergy = cumulative(cv, gradient);
  let lowest = 0;
  for (let i = 1; i < places; i++) if (freeEnergy[i] < freeEnergy[lowest]) lowest = i;
  const squares = new Float64Array(places);
  windows.forEach(({ variance, effectiveSampleSize }, k) => {
    const [mean, spread] = [cumulative(cv, byMean[k]), cumulative(cv, byVariance[k])];
    for (let i = 0; i < places; i++) {
      squares[i] += ((mean[i] - mean[lowest]) ** 2 * variance) / effectiveSampleSize;
      squares[i] += ((spread[i] - spread[lowest]) ** 2 * 2 * variance ** 2) / effectiveSampleSize;
    }
  });
  const bottom = freeEnergy[lowest];
  return {
    cv,
    gradient,
    freeEnergy: freeEnergy.map((value) => value - bottom),
    stderr: squares.map(Math.sqrt),
  };
}

/** Trapezoidal integral from the first place to each. */
function cumulative(x: Float64Array, y: Float64Array): Float64Array {
  const out = new Float64Array(x.length);
  for (let i = 1; i < x.length; i++) out[i] = out[i - 1] + ((x[i] - x[i - 1]) * (y[i] + y[i - 1])) / 2;
  return out;
}
