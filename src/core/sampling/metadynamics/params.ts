/** Settings of metadynamics. */

import { choice } from '../../params/make.ts';
import type { ParamSpecs } from '../../params/params.ts';
import type { MethodContext } from '../method.ts';

export function metadynamicsParams({ cv, system }: MethodContext) {
  const range = cv.range[1] - cv.range[0];
  const rounded = (value: number) => Number(value.toPrecision(2));
  return {
    walkers: {
      kind: 'number',
      default: 8,
      min: 1,
      max: 64,
      limits: [1, 1024],
      integer: true,
      scale: 'log',
    },
    hillHeight: {
      kind: 'number',
      symbol: 'W',
      unit: 'kT',
      default: 0.4,
      min: 0.05,
      max: 5,
      limits: [1e-4, 10],
      scale: 'log',
    },
    hillWidth: {
      kind: 'number',
      symbol: '\\sigma',
      default: rounded(range / 30),
      min: rounded(range / 200),
      max: rounded(range / 5),
      limits: [rounded(range / 1000), rounded(range)],
      scale: 'log',
    },
    pace: {
      kind: 'number',
      default: 100,
      min: 10,
      max: 2000,
      limits: [1, 1e6],
      integer: true,
      scale: 'log',
    },
    wellTempered: {
      kind: 'toggle',
      default: true,
    },
    biasFactor: {
      kind: 'number',
      symbol: '\\gamma',
      default: 10,
      min: 2,
      max: 50,
      limits: [1.01, 1000],
      scale: 'log',
    },
    bins: {
      kind: 'number',
      default: 100,
      min: 20,
      max: 400,
      limits: [10, 1000],
      integer: true,
      scale: 'log',
    },
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
