/**
 * Do the windows overlap enough for free energies between them to mean anything? (Klimovich, Shirts, Mobley, J. Comput.-Aided
 * Mol. Des. 29, 397 (2015), doi 10.1007/s10822-015-9840-9.)
 */
import { solveSemidefinite } from '../numerics/semidefinite.ts';

/** What holds the windows together at their weakest. */
export interface Cut {
  readonly below: readonly number[];
  readonly above: readonly number[];
  /** Samples that both sides would claim, as a share of the smallest window. */
  readonly strength: number;
}

export interface OverlapVerdict {
  /** 1 - lambda_2 of the overlap matrix: 0 if the windows fall apart. 1 for a single window. */
  readonly spectralGap: number;
  /** Windows between which free energies can be had, each group ascending. One group: all is well. */
  readonly groups: readonly (readonly number[])[];
  /** Where the windows fell apart, or would first; empty for a single window. */
  readonly cuts: readonly Cut[];
  /** Windows without samples: in no group. */
  readonly unsampled: readonly number[];
}

/** Below this overlap of neighbours their free energy difference is not to be trusted (Klimovich et al. 2015). */
export const LEAST_OVERLAP = 0.03;

const MOST_ITERATIONS = 200;
/** Change of the spectral gap, relative, at which its mode is known well enough. */
const SETTLED = 1e-9;
/** Keeps the matrix invertible where windows share nothing: far below any gap that counts. */
const SHIFT = 1e-9;

/**
 * The second largest eigenvalue of the symmetric overlap matrix, as 1 minus it, and its vector, by inverse iteration with
 * the first (`first`, eigenvalue 1) moved away: a full decomposition of 200 windows takes a second.
 */
function slowestMode(matrix: readonly (readonly number[])[], first: readonly number[]) {
  const n = first.length;
  const norm = Math.hypot(...first);
  const laplacian = new Float64Array(n * n);
  const moved = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      laplacian[i * n + j] = (i === j ? 1 : 0) - matrix[i][j];
      const away = (first[i] * first[j]) / norm ** 2;
      moved[i * n + j] = laplacian[i * n + j] + away + (i === j ? SHIFT : 0);
    }
  }
  const unit = (x: Float64Array) => {
    const along = x.reduce((sum, value, i) => sum + (value * first[i]) / norm, 0);
    const rest = x.map((value, i) => value - (along * first[i]) / norm);
    const length = Math.sqrt(rest.reduce((sum, value) => sum + value ** 2, 0));
    return rest.map((value) => value / length);
  };
  // Neither even nor odd about any place, so that every mode is in it.
  let mode = unit(Float64Array.from(first, (_, i) => (i + 1) / n + Math.sin(7 * i + 1)));
  let spectralGap = Number.POSITIVE_INFINITY;
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    mode = unit(solveSemidefinite(moved, mode).x);
    let next = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) next += mode[i] * laplacian[i * n + j] * mode[j];
    }
    const change = Math.abs(next - spectralGap);
    spectralGap = next;
    if (change <= SETTLED * Math.max(SHIFT, next)) break;
  }
  return { mode, spectralGap };
}

/** The weakest cut along the slowest mode of the overlap matrix of the windows `group` (at least two). */
function weakestCut(overlap: Float64Array, sizes: ArrayLike<number>, group: readonly number[]) {
  const states = sizes.length;
  const shared = (i: number, j: number) =>
    (sizes[i] * overlap[i * states + j] + sizes[j] * overlap[j * states + i]) / 2;
  // N^(1/2) O N^(-1/2), with what windows share with those outside the group given back to themselves.
  const matrix = group.map((i) =>
    group.map((j) => (i === j ? 1 : shared(i, j) / Math.sqrt(sizes[i] * sizes[j]))),
  );
  group.forEach((i, a) => {
    for (const j of group) if (j !== i) matrix[a][a] -= shared(i, j) / sizes[i];
  });
  const { mode: slowest, spectralGap } = slowestMode(
    matrix,
    group.map((i) => Math.sqrt(sizes[i])),
  );
  const mode = group.map((i, a) => ({ window: i, value: slowest[a] / Math.sqrt(sizes[i]) }));
  const order = mode.sort((a, b) => a.value - b.value).map(({ window }) => window);
  const smallest = Math.min(...group.map((i) => sizes[i]));
  let [place, strength] = [0, Number.POSITIVE_INFINITY];
  for (let split = 1; split < order.length; split++) {
    let flow = 0;
    for (const i of order.slice(0, split)) for (const j of order.slice(split)) flow += shared(i, j);
    if (flow / smallest < strength) [place, strength] = [split, flow / smallest];
  }
  const sides = [order.slice(0, place), order.slice(place)].map((side) => side.sort((a, b) => a - b));
  sides.sort((a, b) => a[0] - b[0]);
  const cut: Cut = { below: sides[0], above: sides[1], strength };
  return { cut, spectralGap };
}

/**
 * Verdict on an overlap matrix.
 * @param overlap `overlap[i * K + j]`, share of window i's samples that window j would claim, as MBAR gives it
 * @param windowSizes samples of each window
 * @param least groups that share fewer samples than this share of their smallest window are held apart
 */
export function overlapVerdict(
  overlap: Float64Array,
  windowSizes: ArrayLike<number>,
  least = LEAST_OVERLAP,
): OverlapVerdict {
  const all = Array.from(windowSizes, (_, k) => k);
  const sampled = all.filter((k) => windowSizes[k] > 0);
  const unsampled = all.filter((k) => !(windowSizes[k] > 0));
  const groups: (readonly number[])[] = [];
  const cuts: Cut[] = [];
  let spectralGap = 1;
  const waiting: (readonly number[])[] = sampled.length > 0 ? [sampled] : [];
  for (let group = waiting.pop(); group; group = waiting.pop()) {
    if (group.length === 1) {
      groups.push(group);
      continue;
    }
    const weakest = weakestCut(overlap, windowSizes, group);
    if (group === sampled) {
      spectralGap = Math.max(0, weakest.spectralGap);
      cuts.push(weakest.cut);
    }
    if (weakest.cut.strength >= least) groups.push(group);
    else {
      if (group !== sampled) cuts.push(weakest.cut);
      waiting.push(weakest.cut.above, weakest.cut.below);
    }
  }
  groups.sort((a, b) => a[0] - b[0]);
  return { spectralGap, groups, cuts, unsampled };
}
