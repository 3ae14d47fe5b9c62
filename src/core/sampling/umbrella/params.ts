/** Parameters of umbrella sampling. */
import { choice, count, list, number, stretchEnd, whole } from '../../params/make.ts';
import type { ParamSpecs, Values } from '../../params/params.ts';
import type { CollectiveVariable } from '../../systems/contract.ts';
import type { MethodContext } from '../method.ts';

export type UmbrellaParams = Values<ReturnType<typeof umbrellaSpecs>>;

export const MOST_WINDOWS = 200;

export function umbrellaSpecs({ cv, estimators }: MethodContext) {
  return { ...placement(cv), ...sampling, estimator: choice('mbar', Object.keys(estimators)) };
}

function placement(cv: CollectiveVariable) {
  const [low, high] = cv.range;
  const width = high - low;
  return {
    windows: whole(32, [4, 60], { limits: [1, MOST_WINDOWS] }),
    low: stretchEnd(cv, low),
    high: stretchEnd(cv, high),
    centers: list([], [low - width, high + width], MOST_WINDOWS, { empty: true }),
    springConstants: list([], [0, 1e9], MOST_WINDOWS, { symbol: 'k', empty: true }),
  } satisfies ParamSpecs;
}

const sampling = {
  walkers: count(4, [1, 16], { limits: [1, 64] }),
  start: choice('dragged', ['dragged', 'equilibrium', 'data']),
  errors: choice('bootstrap', ['bootstrap', 'asymptotic']),
  discard: number(0.2, [0, 0.9], { step: 0.05 }),
  dragShare: number(0.1, [0.01, 0.5], { limits: [0, 0.9], step: 0.01 }),
} satisfies ParamSpecs;
