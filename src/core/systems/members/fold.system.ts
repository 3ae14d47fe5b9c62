import { number } from '../../params/make.ts';
import type { System } from '../contract.ts';

const system: System = {
  coordinates: ['x', 'y'],
  domain: [
    [-2.2, 2.2],
    [-2, 2],
  ],
  params: {
    barrier: number(6, [2, 10], { symbol: 'h', unit: 'ε', limits: [0.5, 30], step: 0.1, live: true }),
  },
  energy: 'barrier*(y^2 - 1)^2 - 6*x*y + 3*x^2',
  cvs: [
    { id: 'x', label: 'x', value: 'x', range: [-2, 2] },
    { id: 'y', label: 'y', value: 'y', range: [-1.7, 1.7] },
  ],
  facts: {
    minima: [
      { name: 'lower left', at: [-1.118033989, -1.118033989], energy: -3.375 },
      { name: 'upper right', at: [1.118033989, 1.118033989], energy: -3.375 },
    ],
    saddles: [{ name: 'middle', at: [0, 0], energy: 6 }],
  },
  start: 'lower left',
  arrival: { minimum: 'upper right', radius: 0.2 },
  suggest: {
    kT: { default: 1, min: 0.5, max: 4, step: 0.05 },
    'integrator.dt': { default: 0.002, min: 1e-4, max: 0.02, limits: [1e-8, 0.5] },
    time: { default: 50, min: 1, max: 1000 },
    'couple.windows': { default: 28 },
    'couple.low': { default: -2 },
    'couple.high': { default: 2 },
    'couple.springConstant': { default: [25] },
  },
};

export default system;
