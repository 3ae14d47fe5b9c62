/** Parameters of umbrella sampling. */
import { choice, stretchEnd } from '../../params/make.ts';
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
    windows: {
      kind: 'number',
      default: 32,
      min: 4,
      max: 60,
      limits: [1, MOST_WINDOWS],
      integer: true,
    },
    low: stretchEnd(cv, low),
    high: stretchEnd(cv, high),
    centers: {
      kind: 'list',
      default: [],
      empty: true,
      limits: [low - width, high + width],
      maxLength: MOST_WINDOWS,
    },
    springConstants: {
      kind: 'list',
      symbol: 'k',
      default: [],
      empty: true,
      limits: [0, 1e9],
      maxLength: MOST_WINDOWS,
    },
  } satisfies ParamSpecs;
}

const sampling = {
  walkers: {
    kind: 'number',
    default: 4,
    min: 1,
    max: 16,
    limits: [1, 64],
    integer: true,
    scale: 'log',
  },
  start: choice('dragged', ['dragged', 'equilibrium', 'data']),
  errors: choice('bootstrap', ['bootstrap', 'asymptotic']),
  discard: {
    kind: 'number',
    default: 0.2,
    min: 0,
    max: 0.9,
    step: 0.05,
  },
  dragShare: {
    kind: 'number',
    default: 0.1,
    min: 0.01,
    max: 0.5,
    limits: [0, 0.9],
    step: 0.01,
  },
} satisfies ParamSpecs;
