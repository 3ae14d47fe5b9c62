import { number } from '../../params/make.ts';
import type { System } from '../contract.ts';

const system: System = {
  cite: 'Dsilva et al., SIAM J. Appl. Dyn. Syst. 15, 1327 (2016)',
  coordinates: ['y1', 'y2'],
  hidden: {
    coordinates: ['x1', 'x2'],
    observe: ['x1 + x2^2', 'x2'],
    recover: ['y1 - y2^2', 'y2'],
  },
  domain: [
    [-1, 12],
    [-2.6, 2.6],
  ],
  params: {
    speed: number(3, [0, 5], { symbol: 'a', limits: [-20, 20], step: 0.1, live: true }),
    epsilon: number(0.01, [0.001, 1], {
      symbol: '\\varepsilon',
      limits: [1e-4, 100],
      scale: 'log',
      live: true,
    }),
  },
  drift: ['speed', '-x2/epsilon'],
  noise: ['1', '1/sqrt(epsilon)'],
  cvs: [
    { id: 'slow', label: 'y₁ - y₂²', value: 'y1 - y2^2', range: [-1, 10] },
    { id: 'y1', label: 'y₁', value: 'y1', range: [-1, 12] },
    { id: 'y2', label: 'y₂', value: 'y2', range: [-2.4, 2.4] },
  ],
  facts: { minima: [], saddles: [] },
  start: [0, 0],
  suggest: {
    'integrator.dt': { default: 5e-4, min: 1e-5, max: 5e-3, limits: [1e-8, 0.1] },
    time: { default: 3, min: 0.1, max: 20 },
  },
};

export default system;
