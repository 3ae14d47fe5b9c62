import { number } from '../../params/make.ts';
import type { System } from '../contract.ts';

const system: System = {
  coordinates: ['x', 'y'],
  domain: [
    [-3.5, 3.5],
    [-3.5, 3.5],
  ],
  params: {
    rate: number(1, [0.2, 5], {
      symbol: '\\lambda',
      unit: '1/τ',
      limits: [0.01, 100],
      step: 0.1,
      live: true,
    }),
    rotation: number(2, [-10, 10], {
      symbol: '\\omega',
      unit: '1/τ',
      limits: [-100, 100],
      step: 0.1,
      live: true,
    }),
    amplitude: number(1.4, [0.2, 3], { symbol: 's', limits: [0.01, 30], step: 0.1, live: true }),
  },
  drift: ['-rate*x - rotation*y', 'rotation*x - rate*y'],
  noise: ['amplitude', 'amplitude'],
  cvs: [
    { id: 'x', label: 'x', value: 'x', range: [-3.2, 3.2] },
    { id: 'y', label: 'y', value: 'y', range: [-3.2, 3.2] },
  ],
  facts: { minima: [], saddles: [] },
  start: [2, 0],
  suggest: {
    'integrator.dt': { default: 0.005, min: 1e-4, max: 0.05, limits: [1e-8, 0.2] },
    time: { default: 50, min: 1, max: 500 },
  },
};

export default system;
