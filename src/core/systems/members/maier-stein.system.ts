import { number } from '../../params/make.ts';
import type { System } from '../contract.ts';

const system: System = {
  cite: 'Maier, Stein, J. Stat. Phys. 83, 291 (1996)',
  coordinates: ['x', 'y'],
  domain: [
    [-1.7, 1.7],
    [-1.2, 1.2],
  ],
  params: {
    alpha: number(6, [0.5, 10], { symbol: '\\alpha', limits: [0, 50], step: 0.1, live: true }),
    mu: number(1, [0.2, 3], { symbol: '\\mu', limits: [0.01, 20], step: 0.1, live: true }),
    amplitude: number(0.4, [0.1, 1], { symbol: 's', limits: [0.01, 5], step: 0.01, live: true }),
  },
  drift: ['x - x^3 - alpha*x*y^2', '-mu*(1 + x^2)*y'],
  noise: ['amplitude', 'amplitude'],
  cvs: [
    { id: 'x', label: 'x', value: 'x', range: [-1.5, 1.5] },
    { id: 'y', label: 'y', value: 'y', range: [-1, 1] },
  ],
  facts: { minima: [], saddles: [] },
  start: [-1, 0],
  suggest: {
    'close.low': { default: -1.3 },
    'close.high': { default: 1.3 },
    'integrator.dt': { default: 0.005, min: 1e-4, max: 0.05, limits: [1e-8, 0.5] },
    time: { default: 200, min: 1, max: 5000 },
  },
};

export default system;
