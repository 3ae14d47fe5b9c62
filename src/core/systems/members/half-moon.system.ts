import { number } from '../../params/make.ts';
import type { System } from '../contract.ts';

const system: System = {
  cite: 'after Dsilva et al., SIAM J. Appl. Dyn. Syst. 15, 1327 (2016)',
  coordinates: ['y1', 'y2'],
  hidden: {
    coordinates: ['x1', 'x2'],
    observe: ['x1 + x2^2', 'x2'],
    recover: ['y1 - y2^2', 'y2'],
  },
  domain: [
    [-2, 5],
    [-2.4, 2.4],
  ],
  params: {
    barrier: number(5, [1, 12], { symbol: 'h', unit: 'ε', limits: [0.1, 50], step: 0.1, live: true }),
    stiffness: number(2, [0.5, 10], { symbol: 'k', unit: 'ε', limits: [0.1, 100], step: 0.1, live: true }),
    epsilon: number(0.05, [0.01, 1], {
      symbol: '\\varepsilon',
      limits: [1e-4, 100],
      scale: 'log',
      live: true,
    }),
  },
  energy: 'barrier*(x1^2 - 1)^2 + stiffness/2*x2^2',
  mobility: ['1', '1/epsilon'],
  cvs: [
    { id: 'slow', label: 'y₁ - y₂²', value: 'y1 - y2^2', range: [-1.6, 1.6] },
    { id: 'y1', label: 'y₁', value: 'y1', range: [-1.6, 4] },
    { id: 'y2', label: 'y₂', value: 'y2', range: [-2.2, 2.2] },
  ],
  facts: {
    minima: [
      { name: 'left', at: [-1, 0], energy: 0 },
      { name: 'right', at: [1, 0], energy: 0 },
    ],
    saddles: [{ name: 'barrier', at: [0, 0], energy: 5 }],
  },
  start: 'left',
  arrival: { minimum: 'right', radius: 0.3 },
  averaged: { cv: 'slow', energy: 'barrier*(z^2 - 1)^2', mobility: '1' },
  suggest: {
    'close.low': { default: -1.45 },
    'close.high': { default: 1.45 },
    kT: { default: 1, min: 0.3, max: 3, step: 0.05 },
    'integrator.dt': { default: 0.001, min: 1e-5, max: 0.01, limits: [1e-8, 0.1] },
    time: { default: 50, min: 1, max: 500 },
  },
};

export default system;
