/** Settings of metadynamics. */

import { choice, count, number, toggle } from '../../params/make.ts';
import type { ParamSpecs } from '../../params/params.ts';
import type { MethodContext } from '../method.ts';

export function metadynamicsParams({ cv, system }: MethodContext) {
  const range = cv.range[1] - cv.range[0];
  const rounded = (value: number) => Number(value.toPrecision(2));
  return {
    walkers: count(8, [1, 64], { limits: [1, 1024] }),
    hillHeight: number(0.4, [0.05, 5], { symbol: 'W', unit: 'kT', limits: [1e-4, 10], scale: 'log' }),
    hillWidth: number(rounded(range / 30), [rounded(range / 200), rounded(range / 5)], {
      symbol: '\\sigma',
      limits: [rounded(range / 1000), rounded(range)],
      scale: 'log',
    }),
    pace: count(100, [10, 2000], { limits: [1, 1e6] }),
    wellTempered: toggle(true),
    biasFactor: number(10, [2, 50], { symbol: '\\gamma', limits: [1.01, 1000], scale: 'log' }),
    bins: count(100, [20, 400], { limits: [10, 1000] }),
    cv2: {
      kind: 'choice',
      default: 'none',
      options: [
        { id: 'none', label: 'none' },
        ...system.cvs.filter(({ id }) => id !== cv.id).map(({ id, label }) => ({ id, label })),
      ],
    },
    estimator: choice('automatic', ['automatic', 'reweighted', 'bias']),
  } satisfies ParamSpecs;
}
