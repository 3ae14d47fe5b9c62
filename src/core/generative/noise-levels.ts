/** Where a generator spends its steps: the parameters that all generators share, and the levels that follow. */

import { groupReader } from '../params/experiment.ts';
import { choice, number } from '../params/make.ts';
import type { NumberSpec, ParamSpecs, Values } from '../params/params.ts';
import type { Denoiser, Path } from './contract.ts';
import { ratioAt, reachable, spaced } from './diffusion.ts';

/** Ratios from the largest noise to the smallest, and the times at which the schedule has them. */
export interface Levels {
  readonly ratios: Float64Array;
  readonly times: Float64Array;
}

export type LevelParams = Values<ReturnType<typeof levelParams>>;

/** What all generators of an experiment share. */
export const levelSettingsOf = groupReader<ReturnType<typeof levelParams>>('generator');

/**
 * `steps` levels from sigmaMax to sigmaMin, both brought into what the schedule reaches: evenly spaced in
 * ratio^(1 / rho), or as is usual for the schedule. After the last level the denoiser takes away all noise at once.
 */
export function levelsOf(params: LevelParams, path: Path): Levels {
  const { steps, rho, spacing } = params;
  const [first, last] = [largestRatio(params, path), smallestRatio(params, path)];
  if (spacing === 'schedule') {
    const times = path.times(steps, path.time(first), path.time(last));
    return { ratios: times.map((t) => ratioAt(path, t)), times };
  }
  const ratios = spaced(steps, first, last, rho);
  return { ratios, times: ratios.map((ratio) => path.time(ratio)) };
}

/** Ratio at which generation starts. */
export function largestRatio(params: Pick<LevelParams, 'sigmaMax'>, path: Path): number {
  return reachable(path, params.sigmaMax);
}

/** Ratio at which the last step begins. */
export function smallestRatio(params: LevelParams, path: Path): number {
  return Math.min(reachable(path, params.sigmaMin), largestRatio(params, path));
}

/** Params of a generator that walks down these levels: `steps` differ in number and cost, the rest do not. */
export function levelParams(steps: NumberSpec) {
  return {
    steps,
    sigmaMax: number(80, [2, 200], { symbol: '\\sigma_{\\max}', limits: [0.1, 1000], scale: 'log' }),
    sigmaMin: number(0.01, [1e-3, 0.5], { symbol: '\\sigma_{\\min}', limits: [1e-5, 10], scale: 'log' }),
    rho: number(7, [1, 12], { symbol: '\\rho', limits: [0.5, 50] }),
    spacing: choice('rho', ['rho', 'schedule']),
  } satisfies ParamSpecs;
}

export type Iteration<B> = globalThis.Generator<B, B, void>;

/** The last step of every generator: the mean of the clean state, without noise. */
export function* denoised<B>(y: B, denoiser: Denoiser<B>, ratio: number): Iteration<B> {
  const clean = denoiser(y, ratio);
  yield y;
  return clean;
}
