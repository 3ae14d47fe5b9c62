/** Free energy at kT from samples of several temperatures. */
import { wrapped } from '../../dynamics/bias-term.ts';
import { FREE_ENERGY_BINS } from '../../dynamics/walkers.ts';
import { binnedFreeEnergy } from '../../estimators/binned-free-energy.ts';
import type { Overlap, WeightedStates } from '../../estimators/finding.ts';
import { binOf } from '../../estimators/histogram.ts';
import { type MbarSolution, mbar } from '../../estimators/mbar.ts';
import { overlapVerdict } from '../../estimators/overlap.ts';
import { targetWeights } from '../../estimators/reweighting.ts';
import type { FreeEnergyEstimate } from '../../numerics/results.ts';
import { binCenters } from '../../numerics/results.ts';
import type { CollectiveVariable } from '../../systems/contract.ts';
import type { SampleStore } from '../sample-store.ts';

/** Rows of MBAR at most, at checkpoints and at the end. */
const MOST_ROWS = 10_000;
const MOST_ROWS_AT_END = 40_000;
/** Groups of temperatures that share fewer samples than this are held apart. */
const LEAST_OVERLAP = 1e-3;

export interface ReplicaSamples {
  readonly cv: CollectiveVariable;
  /** kT of each replica, the first that at which the free energy is wanted. */
  readonly temperatures: Float64Array;
  readonly walkers: number;
  /** Frames of all walkers, with the replica as the state. */
  readonly samples: SampleStore;
  /** U of each row of `samples`. */
  readonly energies: Float64Array;
  /** Share at the beginning that does not count. */
  readonly discard: number;
}

export interface ReplicaEstimate {
  readonly freeEnergy: FreeEnergyEstimate | null;
  readonly overlap: Overlap | null;
  readonly weighted: WeightedStates | null;
  /** Replicas whose samples hang together with those at kT; only they count. */
  readonly group: readonly number[];
}

/** Standard errors are from the spread between walkers, which are continuous paths and nearly independent. */
export function replicaEstimate(collected: ReplicaSamples, thorough: boolean): ReplicaEstimate {
  const { temperatures, samples, walkers } = collected;
  const all = Array.from(temperatures, (_, k) => k);
  const frames = samples.count / walkers;
  const first = Math.floor(frames * collected.discard);
  if (frames - first < 2) return { freeEnergy: null, overlap: null, weighted: null, group: all };
  const rows = thinnedRows(first, frames, walkers, thorough ? MOST_ROWS_AT_END : MOST_ROWS);
  const solved = solve(collected, rows, all);
  const { overlap } = solved.solution;
  const verdict = overlapVerdict(overlap, solved.solution.problem.windowSizes, LEAST_OVERLAP);
  const group = verdict.groups.find((members) => members.includes(0)) ?? all;
  const kept = group.length === all.length ? solved : solve(collected, rows, group);
  return {
    ...weigh(collected, kept.rows, kept.solution),
    overlap: { matrix: overlap, windows: all.length, gap: verdict.spectralGap },
    group,
  };
}

/** Rows of whole frames, evenly thinned. */
function thinnedRows(first: number, frames: number, walkers: number, most: number): Int32Array {
  const stride = Math.max(1, Math.ceil(((frames - first) * walkers) / most));
  const kept = Math.ceil((frames - first) / stride);
  return Int32Array.from(
    { length: kept * walkers },
    (_, i) => (first + stride * Math.floor(i / walkers)) * walkers + (i % walkers),
  );
}

/** MBAR of the replicas `group`; `rows` are then in the order of its windows. */
function solve(
  { temperatures, samples, energies }: ReplicaSamples,
  rows: Int32Array,
  group: readonly number[],
) {
  const states = samples.states();
  const sorted = group.map((k) => rows.filter((row) => states[row] === k));
  const ordered = Int32Array.from(sorted.flatMap((part) => Array.from(part)));
  const reduced = new Float64Array(ordered.length * group.length);
  ordered.forEach((row, n) => {
    group.forEach((k, i) => {
      reduced[n * group.length + i] = energies[row] / temperatures[k];
    });
  });
  return { rows: ordered, solution: mbar({ reduced, windowSizes: sorted.map(({ length }) => length) }) };
}

function weigh({ cv, samples }: ReplicaSamples, rows: Int32Array, solution: MbarSolution) {
  const { reduced, windowSizes } = solution.problem;
  const cold = Float64Array.from(rows, (_, n) => reduced[n * windowSizes.length]);
  const weights = targetWeights(solution, cold);
  const values = samples.cv();
  const bin = Int32Array.from(rows, (row) => binOf(wrapped(values[row], cv), ...cv.range, FREE_ENERGY_BINS));
  const walkerOf = samples.walkers();
  const groups = Int32Array.from(rows, (row) => walkerOf[row]);
  const { freeEnergy: F, stderr } = binnedFreeEnergy(solution, weights, bin, FREE_ENERGY_BINS, groups);
  const { dimension, values: coordinates } = samples.points();
  const states = new Float32Array(rows.length * dimension);
  rows.forEach((row, n) => {
    states.set(coordinates.subarray(row * dimension, (row + 1) * dimension), n * dimension);
  });
  return {
    freeEnergy: { of: 'bin' as const, cv: binCenters(...cv.range, FREE_ENERGY_BINS), F, stderr },
    weighted: {
      states: { dimension, values: states },
      logWeights: weights.map((weight) => Math.log(weight)),
      groups,
    },
  };
}
