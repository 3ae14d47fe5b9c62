import { number } from '../../params/make.ts';
import type { System } from '../contract.ts';

const system: System = {
  coordinates: ['x', 'y'],
  domain: [
    [-2.6, 2.6],
    [-4, 4],
  ],
  params: {
    tightness: number(400, [10, 1000], { symbol: 'k', unit: 'ε', limits: [1, 1e4], step: 10, live: true }),
    width: number(0.3, [0.1, 0.8], { symbol: 'w', limits: [0.05, 2], step: 0.05, live: true }),
  },
  energy: '0.1*(x^2 - 1)^2 + 0.5*(1 + tightness*exp(-x^2/(2*width^2)))*y^2',
  cvs: [
    { id: 'x', label: 'x', value: 'x', range: [-2.5, 2.5] },
    { id: 'y', label: 'y', value: 'y', range: [-3.5, 3.5] },
  ],
  facts: {
    minima: [
      { name: 'left', at: [-1, 0], energy: 0 },
      { name: 'right', at: [1, 0], energy: 0 },
    ],
    saddles: [{ name: 'bottleneck', at: [0, 0], energy: 0.1 }],
  },
  start: 'left',
  arrival: { minimum: 'right', radius: 0.3 },
  suggest: {
    'close.low': { default: -2.2 },
    'close.high': { default: 2.2 },
    kT: { default: 1, min: 0.3, max: 3, step: 0.05 },
    'integrator.dt': { default: 0.001, min: 1e-4, max: 0.005, limits: [1e-8, 0.5] },
    time: { default: 50, min: 1, max: 1000 },
  },
};

export default system;
