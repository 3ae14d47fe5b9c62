/** Specs of station Close. */

import { groupReader } from '../params/experiment.ts';
import { choice, count, number, optional, prefixed, shaping, stretchEnd } from '../params/make.ts';
import type { ListSpec, ParamSpecs, Values } from '../params/params.ts';
import type { CollectiveVariable } from '../systems/contract.ts';

export type CloseSettings = Values<ReturnType<typeof closeSpecs>>;

export const closeSettingsOf = groupReader<ReturnType<typeof closeSpecs>>('close');

export function closeSettings(cv: CollectiveVariable): ParamSpecs {
  return prefixed('close', closeSpecs(cv));
}

function closeSpecs(cv: CollectiveVariable) {
  return {
    ...shaping('closing', { ...valueSettings(cv), ...liftSettings, ...burstSettings }),
    ...shaping('map', mapSettings),
  };
}

function valueSettings(cv: CollectiveVariable) {
  const [low, high] = cv.range;
  return {
    values: count(27, [9, 60], { limits: [6, 200], scale: 'linear' }),
    low: stretchEnd(cv, low),
    high: stretchEnd(cv, high),
  } satisfies ParamSpecs;
}

const liftSettings = {
  lift: choice('exact', ['exact', 'model', 'neighbours', 'bad']),
  model: choice('orthogonal', ['orthogonal', 'full']),
  data: choice('held', ['held', 'run']),
  training: count(1000, [200, 5000], { limits: [10, 100_000], unit: 'steps' }),
  neighbours: count(200, [10, 2000], { limits: [1, 100_000] }),
  healing: number(2, [0, 20], { unit: 'fast times', limits: [0, 1000], step: 0.5 }),
} satisfies ParamSpecs;

const burstSettings = {
  bursts: count(4000, [100, 10_000], { limits: [16, 100_000] }),
  estimator: choice('controlled', ['controlled', 'force', 'displacement']),
  lag: optional([0.01, 10_000], { symbol: '\\tau', unit: 'fast times' }),
  skip: optional([0, 10_000], { unit: 'fast times' }),
  longest: number(8, [4, 64], { unit: 'fast times', limits: [2, 10_000], scale: 'log' }),
  leap: number(4, [1, 32], { unit: 'burst lengths', limits: [0.5, 1000], scale: 'log' }),
} satisfies ParamSpecs;

const mapSettings = {
  map: choice('mahalanobis', ['mahalanobis', 'euclidean', 'none']),
  points: count(3000, [500, 4000], { limits: [100, 5000] }),
  alpha: choice('1', ['0', '0.5', '1'], { symbol: '\\alpha' }),
  scale: optional([1e-12, 1e12]),
  mapTime: ofTheMap([1e-6, 1e9]),
  mapTemperature: ofTheMap([1e-3, 1e3]),
  mapSeed: ofTheMap([0, 2 ** 32 - 1]),
} satisfies ParamSpecs;

function ofTheMap(limits: readonly [number, number]): ListSpec {
  return optional(limits);
}
