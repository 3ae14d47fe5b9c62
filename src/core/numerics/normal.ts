/** Distribution function of N(0, 1), error below 1.5e-7 (Abramowitz, Stegun 7.1.26). */
export function normalDistribution(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const upper = (series * Math.exp(-x * x)) / 2;
  return z > 0 ? 1 - upper : upper;
}

/** Rational approximations of the quantile function by P. J. Acklam (2003), relative error below 1.2e-9. */
const CENTRE = {
  above: [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
    2.506628277459239,
  ],
  below: [
    -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1,
  ],
};
const TAIL = {
  above: [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ],
  below: [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1],
};
const TAIL_SHARE = 0.02425;

/** Quantile of N(0, 1) of level u in (0, 1). */
export function normalQuantile(u: number): number {
  const polynomial = (coefficients: readonly number[], x: number) =>
    coefficients.reduce((p, c) => p * x + c, 0);
  const tail = Math.min(u, 1 - u);
  if (tail < TAIL_SHARE) {
    const x = Math.sqrt(-2 * Math.log(tail));
    const z = polynomial(TAIL.above, x) / polynomial(TAIL.below, x);
    return u < 0.5 ? z : -z;
  }
  const x = u - 0.5;
  return (x * polynomial(CENTRE.above, x * x)) / polynomial(CENTRE.below, x * x);
}
