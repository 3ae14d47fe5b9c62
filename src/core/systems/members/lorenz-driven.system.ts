import { number } from '../../params/make.ts';
import type { System } from '../contract.ts';

const system: System = {
  cite: 'after Givon, Kupferman, Stuart, Nonlinearity 17, R55 (2004)',
  coordinates: ['x', 'y1', 'y2', 'y3'],
  domain: [
    [-2, 2],
    [-25, 25],
    [-30, 30],
    [0, 55],
  ],
  params: {
    epsilon: number(0.3, [0.1, 1], { symbol: '\\varepsilon', limits: [0.01, 10], scale: 'log', live: true }),
    strength: number(0.05, [0, 0.2], { symbol: '\\lambda', limits: [0, 2], step: 0.005, live: true }),
    stir: number(0.1, [0.01, 1], { symbol: 's', limits: [0, 10], scale: 'log', live: true }),
  },
  drift: [
    'x - x^3 + strength/epsilon*y2',
    '10/epsilon^2*(y2 - y1)',
    '(28*y1 - y2 - y1*y3)/epsilon^2',
    '(y1*y2 - 8/3*y3)/epsilon^2',
  ],
  noise: ['0', 'stir/epsilon', 'stir/epsilon', 'stir/epsilon'],
  cvs: [
    { id: 'x', label: 'x', value: 'x', range: [-1.8, 1.8] },
    { id: 'y2', label: 'y₂', value: 'y2', range: [-25, 25] },
  ],
  facts: { minima: [], saddles: [] },
  start: [-1, 1, 1, 20],
  suggest: {
    'close.low': { default: -1.5 },
    'close.high': { default: 1.5 },
    // The fast variables do not feel x: states of any x are lifts, and many are needed, as chaos leaves copies of one together.
    'close.neighbours': { default: 100_000 },
    'close.longest': { default: 8 },
    'close.lag': { default: [7] },
    'close.skip': { default: [2] },
    'integrator.dt': { default: 2e-4, min: 1e-5, max: 2e-3, limits: [1e-8, 0.01] },
    time: { default: 50, min: 1, max: 1000 },
  },
};

export default system;
