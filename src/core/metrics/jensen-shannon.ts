/**
 * Jensen-Shannon divergence of two histograms, natural logarithm: between 0 and log 2. Either argument may be counts
 * or probabilities; both are normalised here. Zero for n exact samples only as n grows: report the floor beside it.
 */
export function jensenShannon(p: ArrayLike<number>, q: ArrayLike<number>): number {
  const [totalP, totalQ] = [total(p), total(q)];
  let divergence = 0;
  for (let i = 0; i < p.length; i++) {
    const [a, b] = [p[i] / totalP, q[i] / totalQ];
    const middle = (a + b) / 2;
    if (a > 0) divergence += 0.5 * a * Math.log(a / middle);
    if (b > 0) divergence += 0.5 * b * Math.log(b / middle);
  }
  return divergence;
}

function total(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}
