import { Cumulative } from '../numerics/cumulative.ts';

/** Terms of the series of the Kolmogorov distribution below which nothing changes. */
const MOST_TERMS = 100;
/** Below this the series converges badly and the probability is 1 to many digits. */
const SURELY = 0.2;

export interface KolmogorovSmirnov {
  /** Largest difference of the distribution functions, 0 to 1. */
  readonly statistic: number;
  /** Probability of a larger one if the samples follow the distribution and are independent. */
  readonly pValue: number;
}

/**
 * Kolmogorov-Smirnov test of samples against a distribution on the line (density at equally spaced nodes).
 * @param effectiveSamples number of independent samples; that of the samples when absent
 */
export function kolmogorovSmirnov(
  samples: ArrayLike<number>,
  distribution: { readonly x: Float64Array; readonly density: Float64Array },
  effectiveSamples = samples.length,
): KolmogorovSmirnov {
  const cumulative = new Cumulative(distribution.x, distribution.density);
  const sorted = Float64Array.from(samples).sort();
  const n = sorted.length;
  let statistic = 0;
  sorted.forEach((value, i) => {
    const share = cumulative.share(value);
    statistic = Math.max(statistic, (i + 1) / n - share, share - i / n);
  });
  return { statistic, pValue: exceedance(statistic, effectiveSamples) };
}

/**
 * Probability that the statistic of n independent samples exceeds `d`: the Kolmogorov series at
 * d (sqrt(n) + 0.12 + 0.11 / sqrt(n)) (Stephens, J. R. Stat. Soc. B 32, 115 (1970)).
 */
function exceedance(d: number, n: number): number {
  const root = Math.sqrt(n);
  const z = d * (root + 0.12 + 0.11 / root);
  if (z < SURELY) return 1;
  let sum = 0;
  for (let k = 1; k <= MOST_TERMS; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * (k * z) ** 2);
  return Math.min(1, Math.max(0, sum));
}
