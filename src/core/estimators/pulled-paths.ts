/**
 * The free energy along a pull from walkers dragged by a moving spring, with what the spring did removed: time slices weighted
 * by exp(-work) are combined like windows of WHAM (Hummer, Szabo, Proc. Natl. Acad. Sci. 98, 3658 (2001), doi
 * 10.1073/pnas.071034098). Where walkers were also pulled back, paths of both directions are weighted as one sample (Minh,
 * Adib, Phys. Rev. Lett. 100, 180602 (2008), doi 10.1103/PhysRevLett.100.180602). Energies and work in kT.
 */
import { harmonicEnergy } from '../dynamics/bias-term.ts';
import { bennett } from './work.ts';

/** Paths in one direction, at slices of the protocol; `[slice * pulls + pull]`. */
export interface PulledPaths {
  readonly cv: Float64Array;
  /** Forward: work done so far. Backward: minus the work that is still to be done on the way back to the beginning. */
  readonly work: Float64Array;
  /** Of each whole path, in the same sense: for a backward path minus the work done on it. Null if they are under way. */
  readonly total: Float64Array | null;
}

export interface Pulls {
  /** Walkers; each is pulled forward and, if there are backward paths, back. */
  readonly pulls: number;
  /** Centre of the spring at each slice that was reached. */
  readonly centers: Float64Array;
  /** In kT per unit of the cv squared. */
  readonly springConstant: number;
  /** Of a periodic cv. */
  readonly period?: number;
  readonly forward: PulledPaths;
  readonly backward: PulledPaths | null;
}

/** Places at which the sum over slices is tabulated. */
const PLACES = 400;
/** Below exp(-40) of the largest term nothing is seen. */
const NEGLIGIBLE = 40;

/** log weight of each path, forward ones first. */
function pathWeights({ pulls, forward, backward }: Pulls, drawn: Float64Array): Float64Array {
  if (!forward.total || !backward?.total) return drawn.map((count) => Math.log(count));
  const chosen = (total: Float64Array) =>
    Array.from(drawn).flatMap((count, w) => Array(count).fill(total[w]));
  const { value } = bennett(
    chosen(forward.total),
    chosen(backward.total).map((work) => -work),
  );
  const out = new Float64Array(2 * pulls);
  [forward.total, backward.total].forEach((total, direction) => {
    total.forEach((work, w) => {
      // log(1 + exp(dF - W)), without overflow
      const excess = value - work;
      const denominator = Math.max(excess, 0) + Math.log1p(Math.exp(-Math.abs(excess)));
      out[direction * pulls + w] = Math.log(drawn[w]) - denominator;
    });
  });
  return out;
}

function logSum(values: Float64Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > largest) largest = value;
  if (largest === Number.NEGATIVE_INFINITY) return largest;
  let sum = 0;
  for (const value of values) sum += Math.exp(value - largest);
  return largest + Math.log(sum);
}

const pathsOf = ({ forward, backward }: Pulls) => (backward?.total ? [forward, backward] : [forward]);

/** log of sum over slices of exp(dF_slice - spring energy there), as a function of the cv. */
function spread(all: Pulls, freeEnergy: Float64Array): (cv: number) => number {
  const { centers, springConstant, period } = all;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  if (period !== undefined) [low, high] = [0, period];
  else
    for (const { cv } of pathsOf(all))
      for (const value of cv) {
        if (value < low) low = value;
        if (value > high) high = value;
      }
  const step = (high - low) / PLACES || 1;
  const terms = new Float64Array(centers.length);
  const table = Float64Array.from({ length: PLACES + 1 }, (_, i) => {
    const place = low + i * step;
    let largest = Number.NEGATIVE_INFINITY;
    for (let t = 0; t < terms.length; t++) {
      terms[t] = freeEnergy[t] - harmonicEnergy(place, centers[t], springConstant, period);
      if (terms[t] > largest) largest = terms[t];
    }
    let sum = 0;
    for (let t = 0; t < terms.length; t++)
      if (terms[t] > largest - NEGLIGIBLE) sum += Math.exp(terms[t] - largest);
    return largest + Math.log(sum);
  });
  return (cv) => {
    const place = period === undefined ? cv : cv - period * Math.floor(cv / period);
    const position = (place - low) / step;
    const i = Math.min(PLACES - 1, Math.max(0, Math.floor(position)));
    return table[i] + (position - i) * (table[i + 1] - table[i]);
  };
}

/**
 * log weight of each row (slice after slice of the forward paths, then of the backward ones where these are complete) in the
 * distribution without a spring, but for a constant.
 * @param drawn how often each walker counts, for the bootstrap; once if absent
 */
export function pulledLogWeights(all: Pulls, drawn = new Float64Array(all.pulls).fill(1)): Float64Array {
  const { pulls, centers } = all;
  const slices = centers.length;
  const paths = pathsOf(all);
  const weight = pathWeights(all, drawn);
  const out = new Float64Array(paths.length * slices * pulls);
  const freeEnergy = new Float64Array(slices);
  const logs = new Float64Array(paths.length * pulls);
  for (let t = 0; t < slices; t++) {
    paths.forEach(({ work }, direction) => {
      for (let w = 0; w < pulls; w++)
        logs[direction * pulls + w] = weight[direction * pulls + w] - work[t * pulls + w];
    });
    freeEnergy[t] = -logSum(logs);
    for (let i = 0; i < logs.length; i++) {
      const direction = Math.floor(i / pulls);
      out[(direction * slices + t) * pulls + (i % pulls)] = logs[i] + freeEnergy[t];
    }
  }
  const logSpread = spread(all, freeEnergy);
  paths.forEach(({ cv }, direction) => {
    for (let n = 0; n < slices * pulls; n++) out[direction * slices * pulls + n] -= logSpread(cv[n]);
  });
  return out;
}

/** Share of each bin in the distribution without a spring. @param bin of each row, -1 for none */
export function pulledShares(logWeights: Float64Array, bin: Int32Array, bins: number): Float64Array {
  let largest = Number.NEGATIVE_INFINITY;
  for (let n = 0; n < bin.length; n++) if (bin[n] >= 0 && logWeights[n] > largest) largest = logWeights[n];
  const shares = new Float64Array(bins);
  for (let n = 0; n < bin.length; n++) if (bin[n] >= 0) shares[bin[n]] += Math.exp(logWeights[n] - largest);
  const sum = shares.reduce((a, b) => a + b, 0);
  return shares.map((share) => share / sum);
}
