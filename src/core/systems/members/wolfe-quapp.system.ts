import type { System } from '../contract.ts';

const system: System = {
  cite: 'Quapp, J. Theor. Comput. Chem. 2, 385 (2003)',
  coordinates: ['x', 'y'],
  domain: [
    [-2.2, 2.2],
    [-2.4, 2.4],
  ],
  params: {},
  energy: 'x^4 + y^4 - 2*x^2 - 4*y^2 + x*y + 0.3*x + 0.1*y',
  cvs: [
    { id: 'x', label: 'x', value: 'x', range: [-2, 2] },
    { id: 'y', label: 'y', value: 'y', range: [-2.2, 2.2] },
  ],
  facts: {
    minima: [
      { name: 'upper left', at: [-1.174056053, 1.477087056], energy: -6.762452574 },
      { name: 'lower right', at: [1.124101751, -1.485274275], energy: -6.368956507 },
      { name: 'lower left', at: [-0.82190782, -1.366729586], energy: -4.137203123 },
    ],
    saddles: [
      { name: 'lower', at: [-0.303210561, -1.401337585], energy: -3.980303235 },
      { name: 'left', at: [-1.022244483, -0.116062266], energy: -1.251312365 },
      { name: 'right', at: [0.940969475, 0.131251723], energy: -0.636563647 },
    ],
  },
  start: 'upper left',
  arrival: { minimum: 'lower right', radius: 0.2 },
  suggest: {
    kT: { default: 1, min: 0.3, max: 4, step: 0.05 },
    'integrator.dt': { default: 0.002, min: 1e-4, max: 0.02, limits: [1e-8, 0.5] },
    time: { default: 50, min: 1, max: 1000 },
  },
};

export default system;
