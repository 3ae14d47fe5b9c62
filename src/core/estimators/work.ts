/**
 * Free energy differences from the work of pulls that do not follow an equilibrium. Work and free energies in kT; the work
 * of a backward pull is what is done on the system on the way back.
 */

export interface WorkEstimate {
  /** Free energy of the end less that of the beginning, of the forward direction; NaN without pulls. */
  readonly value: number;
  /** Asymptotic: too small where few pulls dominate. NaN for a single pull. */
  readonly stderr: number;
  /** Pulls that count, (sum w)^2 / sum w^2: near 1 a single pull decides. */
  readonly effective: number;
}

interface Moments {
  /** Of the weights themselves, relative to the largest. */
  readonly logMean: number;
  /** Variance of the mean over its square. */
  readonly relativeVariance: number;
  readonly effective: number;
}

/** Of positive numbers, given by their logarithms. */
function momentsOf(logs: ArrayLike<number>): Moments {
  const n = logs.length;
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < n; i++) largest = Math.max(largest, logs[i]);
  let [sum, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    const weight = Math.exp(logs[i] - largest);
    sum += weight;
    squares += weight * weight;
  }
  const relativeVariance = n > 1 ? Math.max(0, (n * squares) / (sum * sum) - 1) / (n - 1) : Number.NaN;
  return { logMean: largest + Math.log(sum / n), relativeVariance, effective: (sum * sum) / squares };
}

/**
 * exp(-dF) = <exp(-W)> over pulls that begin in equilibrium (Jarzynski, Phys. Rev. Lett. 78, 2690 (1997), doi
 * 10.1103/PhysRevLett.78.2690). Of few pulls with much dissipation the estimate is too high. For backward pulls the value
 * is that of the backward direction.
 */
export function jarzynski(work: ArrayLike<number>): WorkEstimate {
  const { logMean, relativeVariance, effective } = momentsOf(Array.from(work, (w) => -w));
  return { value: -logMean, stderr: Math.sqrt(relativeVariance), effective };
}

/** log of 1 / (1 + exp(x)), for any x. */
const logFermi = (x: number) => (x > 0 ? -x - Math.log1p(Math.exp(-x)) : -Math.log1p(Math.exp(x)));

const HALVINGS = 80;

/**
 * The Bennett acceptance ratio: the most likely dF given the work of pulls in both directions (Bennett, J. Comput. Phys. 22,
 * 245 (1976); for work Shirts, Bair, Hooker, Pande, Phys. Rev. Lett. 91, 140601 (2003), doi 10.1103/PhysRevLett.91.140601).
 * NaN unless there are pulls in both directions; `effective` is that of the direction that has fewer.
 */
export function bennett(forward: ArrayLike<number>, backward: ArrayLike<number>): WorkEstimate {
  if (forward.length === 0 || backward.length === 0)
    return { value: Number.NaN, stderr: Number.NaN, effective: 0 };
  const M = Math.log(forward.length / backward.length);
  const there = (dF: number) => Array.from(forward, (w) => logFermi(M + w - dF));
  const back = (dF: number) => Array.from(backward, (w) => logFermi(-M + w + dF));
  const total = (logs: readonly number[]) => logs.reduce((sum, log) => sum + Math.exp(log), 0);
  const excess = (dF: number) => total(there(dF)) - total(back(dF));
  const places = [...Array.from(forward), ...Array.from(backward, (w) => -w)];
  let low = places.reduce((a, b) => Math.min(a, b)) - Math.abs(M) - 1;
  let high = places.reduce((a, b) => Math.max(a, b)) + Math.abs(M) + 1;
  for (let reach = 1; excess(low) > 0; reach *= 2) low -= reach;
  for (let reach = 1; excess(high) < 0; reach *= 2) high += reach;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (excess(middle) < 0) low = middle;
    else high = middle;
  }
  const value = (low + high) / 2;
  const [a, b] = [momentsOf(there(value)), momentsOf(back(value))];
  return {
    value,
    stderr: Math.sqrt(a.relativeVariance + b.relativeVariance),
    effective: Math.min(a.effective, b.effective),
  };
}

/** Mean and variance of the work. */
export function workMoments(work: ArrayLike<number>): { readonly mean: number; readonly variance: number } {
  const n = work.length;
  let [mean, squares] = [0, 0];
  for (let i = 0; i < n; i++) mean += work[i] / n;
  for (let i = 0; i < n; i++) squares += (work[i] - mean) ** 2;
  return { mean, variance: n > 1 ? squares / (n - 1) : Number.NaN };
}

/**
 * The work at which both directions are equally likely, which is dF (Crooks, Phys. Rev. E 60, 2721 (1999), doi
 * 10.1103/PhysRevE.60.2721), with normal distributions fitted to both (Collin et al., Nature 437, 231 (2005)). NaN where these do not
 * cross between their means.
 */
export function crooksCrossing(forward: ArrayLike<number>, backward: ArrayLike<number>): number {
  const [f, r] = [workMoments(forward), workMoments(backward)];
  const [a, b] = [f.mean, -r.mean];
  // (W - a)^2 / 2 va + log(va) / 2 = (W - b)^2 / 2 vb + log(vb) / 2
  const square = 1 / f.variance - 1 / r.variance;
  const linear = a / f.variance - b / r.variance;
  const rest = a ** 2 / f.variance - b ** 2 / r.variance + Math.log(f.variance / r.variance);
  const root = Math.sqrt(linear ** 2 - square * rest);
  const steep = linear + (linear < 0 ? -root : root);
  // The two roots in the form that does not cancel: for equal variances the second is the only one.
  const candidates = [steep / square, rest / steep];
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  return candidates.find((W) => W >= low && W <= high) ?? Number.NaN;
}
