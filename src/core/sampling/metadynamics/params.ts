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
      label: 'Walkers',
      default: 8,
      min: 1,
      max: 64,
      limits: [1, 1024],
      integer: true,
      scale: 'log',
      help: 'Copies that build one bias together and share the budget.',
    },
    hillHeight: {
      kind: 'number',
      label: 'Height of hills',
      symbol: 'W',
      unit: 'kT',
      default: 0.4,
      min: 0.05,
      max: 5,
      limits: [1e-4, 10],
      scale: 'log',
      help: 'Height W of the first hill, in kT. High hills fill wells fast and leave a rough bias.',
    },
    hillWidth: {
      kind: 'number',
      label: 'Width of hills',
      symbol: '\\sigma',
      default: rounded(range / 30),
      min: rounded(range / 200),
      max: rounded(range / 5),
      limits: [rounded(range / 1000), rounded(range)],
      scale: 'log',
      help: 'Standard deviation σ of a hill along the slow variable; along a second one in proportion to its range.',
    },
    pace: {
      kind: 'number',
      label: 'Steps between hills',
      default: 100,
      min: 10,
      max: 2000,
      limits: [1, 1e6],
      integer: true,
      scale: 'log',
      help: 'Steps of each walker between two hills of its own.',
    },
    wellTempered: {
      kind: 'toggle',
      label: 'Well-tempered',
      default: true,
      help: 'Hills become lower where the bias is high, W exp(-V/((γ-1)kT)), so that the bias settles; else they stay as they are, and F is the time average of -V.',
    },
    biasFactor: {
      kind: 'number',
      label: 'Bias factor',
      symbol: '\\gamma',
      default: 10,
      min: 2,
      max: 50,
      limits: [1.01, 1000],
      scale: 'log',
      help: 'γ of well-tempered hills: along the slow variable walkers end up as if kT were γ times as large, and barriers γ times as low.',
    },
    bins: {
      kind: 'number',
      label: 'Grid of the bias',
      default: 100,
      min: 20,
      max: 400,
      limits: [10, 1000],
      integer: true,
      scale: 'log',
      help: 'Cells of the spline in the range of a slow variable; narrow hills get two cells to a width in any case.',
    },
    cv2: {
      kind: 'choice',
      label: 'Second slow variable',
      default: 'none',
      options: [
        { id: 'none', label: 'none' },
        ...system.cvs.filter(({ id }) => id !== cv.id).map(({ id, label }) => ({ id, label })),
      ],
      help: 'The bias may act on two slow variables at once; F is given along the first.',
    },
    estimator: choice(
      'Free energy from',
      'automatic',
      [
        { id: 'automatic', label: 'weighted samples if well-tempered, else the bias' },
        { id: 'reweighted', label: 'weighted samples' },
        { id: 'bias', label: 'the bias' },
      ],
      'F = -γ/(γ-1) V, or the histogram of the samples with weights exp((V - c(t))/kT).',
    ),
  } satisfies ParamSpecs;
}
