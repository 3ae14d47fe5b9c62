/**
 * Standard errors of the mean of a correlated series, from the spread of the means of its blocks.
 *
 * Series of several independent walkers stand one after the other, `series[walker * frames + frame]`; no block holds
 * frames of two walkers. Block sizes are counted in frames.
 */

import { FEWEST_GROUPS, standardError } from '../numerics/resampling.ts';
import { framesOf } from './series.ts';

/**
 * Standard error of the mean from `blocks` equal blocks in each walker's series: right when a block is much longer than
 * the memory of the series, too small otherwise. Its own relative error is 1 / sqrt(2 (walkers blocks - 1)). Frames left
 * over are dropped at the beginning, where the start is remembered.
 *
 * @returns null if there are fewer than two blocks in all, or more blocks than frames
 */
export function blockStandardError(series: ArrayLike<number>, blocks: number, walkers = 1): number | null {
  const frames = framesOf(series, walkers);
  const size = Math.floor(frames / blocks);
  if (size < 1) return null;
  const means = new Float64Array(walkers * blocks);
  for (let block = 0; block < means.length; block++) {
    const walker = Math.floor(block / blocks);
    const begin = (walker + 1) * frames - (blocks - (block % blocks)) * size;
    for (let t = begin; t < begin + size; t++) means[block] += series[t] / size;
  }
  return means.length < 2 ? null : standardError(means);
}

/** The standard error of the mean against block size: it rises to a plateau if the series is long enough. */
export interface BlockingCurve {
  /** 1, 2, 4 ... frames. */
  readonly blockSize: Float64Array;
  /** Number of blocks in all. */
  readonly blocks: Float64Array;
  /** Standard error of the mean if the blocks were independent. */
  readonly stderr: Float64Array;
  /** Standard error of `stderr`. */
  readonly error: Float64Array;
}

/**
 * Blocking by pairs: neighbours are averaged again and again, and each level gives a standard error
 * sqrt(c / (n - 1)) (1 +- 1 / sqrt(2 (n - 1))) from its n blocks of variance c (Flyvbjerg, Petersen, J. Chem. Phys. 91,
 * 461 (1989)). O(n). Levels with fewer than two blocks in all are left out.
 */
export function blockingCurve(series: ArrayLike<number>, walkers = 1): BlockingCurve {
  const levels: { size: number; blocks: number; stderr: number }[] = [];
  let frames = framesOf(series, walkers);
  let means = Float64Array.from(series);
  for (let size = 1; frames > 0; size *= 2) {
    if (means.length < 2) break;
    const stderr = standardError(means);
    levels.push({ size, blocks: means.length, stderr });
    means = averagedPairs(means, frames, walkers);
    frames = Math.floor(frames / 2);
  }
  return {
    blockSize: Float64Array.from(levels, ({ size }) => size),
    blocks: Float64Array.from(levels, ({ blocks }) => blocks),
    stderr: Float64Array.from(levels, ({ stderr }) => stderr),
    error: Float64Array.from(levels, ({ stderr, blocks }) => errorOf(stderr, blocks)),
  };
}

/** Means of neighbours, walker by walker; an odd frame is dropped at the beginning. */
function averagedPairs(values: Float64Array, frames: number, walkers: number): Float64Array<ArrayBuffer> {
  const half = Math.floor(frames / 2);
  const odd = frames % 2;
  const out = new Float64Array(walkers * half);
  for (let k = 0; k < out.length; k++) {
    const i = Math.floor(k / half) * frames + odd + 2 * (k % half);
    out[k] = (values[i] + values[i + 1]) / 2;
  }
  return out;
}

function errorOf(stderr: number, blocks: number): number {
  return stderr / Math.sqrt(2 * (blocks - 1));
}

/** One level of the blocking curve, chosen without looking. */
export interface BlockingEstimate {
  /** Standard error of the mean, and its own standard error. */
  readonly stderr: number;
  readonly error: number;
  /** In frames. */
  readonly blockSize: number;
  readonly blocks: number;
}

/**
 * The standard error of the mean at the smallest block size B with B^3 > 2 n g(B)^2, n the length of the series and
 * g(B) = (stderr(B) / stderr(1))^2: there what correlations between blocks still hide is smaller than the noise
 * (Lee, Conduit, Nemec, Lopez Rios, Drummond, Phys. Rev. E 83, 066706 (2011)). If no level is large enough, the means of whole walkers,
 * which are independent whatever their memory, give the answer, provided that there are at least four walkers.
 *
 * @returns null if the series is constant, or too short for its memory: no honest error bar exists
 */
export function blockingEstimate(series: ArrayLike<number>, walkers = 1): BlockingEstimate | null {
  const { blockSize, blocks, stderr, error } = blockingCurve(series, walkers);
  if (!(stderr[0] > 0)) return null;
  const level = blockSize.findIndex((size, i) => size ** 3 > 2 * blocks[0] * (stderr[i] / stderr[0]) ** 4);
  if (level >= 0) {
    return { stderr: stderr[level], error: error[level], blockSize: blockSize[level], blocks: blocks[level] };
  }
  const whole = walkers >= FEWEST_GROUPS ? blockStandardError(series, 1, walkers) : null;
  if (whole === null) return null;
  return {
    stderr: whole,
    error: errorOf(whole, walkers),
    blockSize: series.length / walkers,
    blocks: walkers,
  };
}
