import type { System } from '../contract.ts';

const system: System = {
  coordinates: ['x', 'y'],
  domain: [
    [-3.5, 3.5],
    [-3.5, 3.5],
  ],
  params: {
    rate: {
      kind: 'number',
      symbol: '\\lambda',
      unit: '1/τ',
      default: 1,
      min: 0.2,
      max: 5,
      limits: [0.01, 100],
      step: 0.1,
      live: true,
    },
    rotation: {
      kind: 'number',
      symbol: '\\omega',
      unit: '1/τ',
      default: 2,
      min: -10,
      max: 10,
      limits: [-100, 100],
      step: 0.1,
      live: true,
    },
    amplitude: {
      kind: 'number',
      symbol: 's',
      default: 1.4,
      min: 0.2,
      max: 3,
      limits: [0.01, 30],
      step: 0.1,
      live: true,
    },
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
