import { number } from '../../params/make.ts';
import type { System } from '../contract.ts';

const system: System = {
  coordinates: ['x', 'y'],
  domain: [
    [-1.7, 1.7],
    [-2.2, 2.2],
  ],
  params: {
    barrier: number(5, [1, 12], { symbol: 'h', unit: 'ε', limits: [0.1, 50], step: 0.1, live: true }),
    stiffness: number(20, [2, 60], { symbol: 'k', unit: 'ε', limits: [0.1, 500], step: 1, live: true }),
    amplitude: number(0.5, [0, 1.5], { symbol: 'A', limits: [-2, 2], step: 0.05, live: true }),
    epsilon: number(0.05, [0.01, 1], {
      symbol: '\\varepsilon',
      limits: [1e-4, 100],
      scale: 'log',
      live: true,
    }),
  },
  energy: 'barrier*(x^2 - 1)^2 + stiffness/2*(y - amplitude*sin(pi*x))^2',
  mobility: ['1', '1/epsilon'],
  cvs: [{ id: 'x', label: 'x', value: 'x', range: [-1.6, 1.6] }],
  facts: {
    minima: [
      { name: 'left', at: [-1, 0], energy: 0 },
      { name: 'right', at: [1, 0], energy: 0 },
    ],
    saddles: [{ name: 'barrier', at: [0, 0], energy: 5 }],
  },
  start: 'left',
  arrival: { minimum: 'right', radius: 0.2 },
  averaged: { cv: 'x', energy: 'barrier*(z^2 - 1)^2', mobility: '1' },
  suggest: {
    'close.low': { default: -1.45 },
    'close.high': { default: 1.45 },
    kT: { default: 1, min: 0.3, max: 3, step: 0.05 },
    'integrator.dt': { default: 2e-4, min: 1e-5, max: 2e-3, limits: [1e-8, 0.1] },
    time: { default: 20, min: 1, max: 200 },
    'couple.windows': { default: 24 },
    'couple.low': { default: -1.38 },
    'couple.high': { default: 1.38 },
    'couple.springConstant': { default: [100] },
  },
};

export default system;
