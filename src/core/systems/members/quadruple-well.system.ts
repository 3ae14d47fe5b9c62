import type { System } from '../contract.ts';

const system: System = {
  coordinates: ['x', 'y'],
  domain: [
    [-1.8, 1.8],
    [-1.8, 1.8],
  ],
  params: {},
  energy: 'x^4 - x^3/16 - 2*x^2 + 3*x/16 + y^4 - y^3/8 - 2*y^2 + 3*y/8',
  cvs: [
    { id: 'x', label: 'x', value: 'x', range: [-1.7, 1.7] },
    { id: 'y', label: 'y', value: 'y', range: [-1.7, 1.7] },
  ],
  facts: {
    minima: [
      { name: 'lower left', at: [-1, -1], energy: -2.375 },
      { name: 'lower right', at: [1, -1], energy: -2.125 },
      { name: 'upper left', at: [-1, 1], energy: -1.875 },
      { name: 'upper right', at: [1, 1], energy: -1.625 },
    ],
    saddles: [
      { name: 'lower', at: [0.046875, -1], energy: -1.245607078 },
      { name: 'left', at: [-1, 0.09375], energy: -1.107447624 },
      { name: 'right', at: [1, 0.09375], energy: -0.857447624 },
      { name: 'upper', at: [0.046875, 1], energy: -0.745607078 },
    ],
  },
  start: 'lower left',
  arrival: { minimum: 'lower right', radius: 0.2 },
  suggest: {
    kT: { default: 0.25, min: 0.1, max: 2, step: 0.01 },
    'integrator.dt': { default: 0.005, min: 5e-4, max: 0.05, limits: [1e-8, 0.5] },
    time: { default: 100, min: 1, max: 1000 },
  },
};

export default system;
