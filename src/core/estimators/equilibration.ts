/**
 * Where a series begins to be stationary, and whether walkers that should sample one distribution do.
 */
import { statisticalInefficiency } from './autocorrelation.ts';

export interface Equilibration {
  /** First frame to be kept. */
  readonly start: number;
  /** Of the frames kept. */
  readonly statisticalInefficiency: number;
  readonly effectiveSamples: number;
}

/** Starts that are tried, at equal distances. */
const CANDIDATES = 15;
/** Frames of a walker that are kept at least, as a share of all. */
const LEAST_KEPT = 0.1;

/** Frames `begin` to the end of each walker's series. */
function tail(series: ArrayLike<number>, walkers: number, begin: number): Float64Array {
  const frames = series.length / walkers;
  const kept = frames - begin;
  const out = new Float64Array(walkers * kept);
  for (let w = 0; w < walkers; w++)
    for (let t = 0; t < kept; t++) out[w * kept + t] = series[w * frames + begin + t];
  return out;
}

/**
 * The beginning that is to be thrown away so that most independent samples remain: a start that is remembered makes what
 * follows look correlated (Chodera, J. Chem. Theory Comput. 12, 1799 (2016), doi 10.1021/acs.jctc.5b00784).
 * @param series `series[walker * frames + frame]`, walkers of one common mean
 */
export function equilibration(series: ArrayLike<number>, walkers = 1): Equilibration {
  const frames = series.length / walkers;
  let best: Equilibration = { start: 0, statisticalInefficiency: 1, effectiveSamples: 0 };
  for (let i = 0; i < CANDIDATES; i++) {
    const start = Math.floor((i * frames * (1 - LEAST_KEPT)) / CANDIDATES);
    const kept = tail(series, walkers, start);
    const g = statisticalInefficiency(kept, walkers)?.value ?? 1;
    if (kept.length / g > best.effectiveSamples)
      best = { start, statisticalInefficiency: g, effectiveSamples: kept.length / g };
  }
  return best;
}

/** How far apart two or more means are, against what chance would do. */
export interface Agreement {
  /** Standard normal score of the variance ratio: above 4 chance is out of the question. */
  readonly score: number;
  /** The same for the means of two given sides; 0 if there is only one. */
  readonly sides: number;
  /** What the two sides account for of all that walkers differ. */
  readonly sidesShare: number;
}

/** Walkers with fewer independent samples each than this cannot be told to disagree. */
const FEWEST_EFFECTIVE = 4;

/**
 * Whether walkers agree, as Gelman and Rubin ask (Statistical Science 7, 457 (1992)): the variance of the walkers' means
 * against that which their own fluctuation and memory explain.
 * @param series `series[walker * frames + frame]`
 * @param side for each walker 0 or 1
 * @returns null for fewer than two walkers, a constant series, or one too short for its memory
 */
export function walkersAgree(
  series: ArrayLike<number>,
  walkers: number,
  side: ArrayLike<number>,
): Agreement | null {
  const frames = series.length / walkers;
  if (walkers < 2 || frames < 2) return null;
  const means = new Float64Array(walkers);
  for (let i = 0; i < series.length; i++) means[Math.floor(i / frames)] += series[i] / frames;
  const own = Float64Array.from(series, (value, i) => value - means[Math.floor(i / frames)]);
  const memory = statisticalInefficiency(own, walkers);
  const squares = own.reduce((sum, value) => sum + value ** 2, 0) / (series.length - walkers);
  const spread = means.some((mean) => mean !== means[0]);
  if (!memory || !(squares > 0))
    return spread ? { score: Number.POSITIVE_INFINITY, sides: 0, sidesShare: 0 } : null;
  const effective = frames / memory.value;
  if (effective < FEWEST_EFFECTIVE) return null;
  // Deviations from a walker's own mean hide a share 1 / effective of their variance.
  const noise = squares / effective / (1 - 1 / effective);
  const uncertain = (memory.stderr / memory.value) ** 2 + 2 / (walkers * effective);
  const { total, between, among } = sums(means, side);
  return {
    score: varianceRatioScore(total / (walkers - 1) / noise, walkers - 1, 2 / uncertain),
    sides: among ? varianceRatioScore(between / noise, 1, 2 / uncertain) : 0,
    sidesShare: total > 0 ? between / total : 0,
  };
}

/** Squared deviations of the walkers' means from the mean of all, and of the means of the two sides. */
function sums(means: Float64Array, side: ArrayLike<number>) {
  const mean = means.reduce((a, b) => a + b, 0) / means.length;
  const total = means.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const of = [0, 1].map((which) => means.filter((_, w) => side[w] === which));
  const between = of.reduce(
    (sum, list) =>
      sum + (list.length > 0 ? list.length * (list.reduce((a, b) => a + b, 0) / list.length - mean) ** 2 : 0),
    0,
  );
  return { total, between, among: of.every((list) => list.length > 0) };
}

/**
 * The normal score of a ratio of two variances with m and n degrees of freedom: Wilson and Hilferty's cube root (Paulson,
 * Ann. Math. Stat. 13, 233 (1942)).
 */
export function varianceRatioScore(ratio: number, m: number, n: number): number {
  const root = Math.cbrt(ratio);
  const [a, b] = [2 / (9 * m), 2 / (9 * n)];
  return ((1 - b) * root - (1 - a)) / Math.sqrt(b * root ** 2 + a);
}
