import type { System } from '../contract.ts';

const system: System = {
  cite: 'Metzner, Schütte, Vanden-Eijnden, J. Chem. Phys. 125, 084110 (2006)',
  coordinates: ['x', 'y'],
  domain: [
    [-2.1, 2.1],
    [-1.5, 2.5],
  ],
  params: {},
  energy:
    '3*exp(-x^2 - (y - 1/3)^2) - 3*exp(-x^2 - (y - 5/3)^2) - 5*exp(-(x - 1)^2 - y^2) - 5*exp(-(x + 1)^2 - y^2)' +
    ' + 0.2*x^4 + 0.2*(y - 1/3)^4',
  cvs: [
    { id: 'x', label: 'x', value: 'x', range: [-2, 2] },
    { id: 'y', label: 'y', value: 'y', range: [-1.4, 2.4] },
  ],
  facts: {
    minima: [
      { name: 'left', at: [-1.048054993, -0.042093666], energy: -3.9948606 },
      { name: 'right', at: [1.048054993, -0.042093666], energy: -3.9948606 },
      { name: 'upper', at: [0, 1.537082004], energy: -2.1721536 },
    ],
    saddles: [
      { name: 'upper left', at: [-0.617272308, 1.102734518], energy: -1.6466875 },
      { name: 'upper right', at: [0.617272308, 1.102734518], energy: -1.6466875 },
      { name: 'direct', at: [0, -0.31582655], energy: -1.3845866 },
    ],
  },
  start: 'left',
  arrival: { minimum: 'right', radius: 0.2 },
  suggest: {
    kT: { default: 0.4, min: 0.15, max: 1.5, step: 0.01 },
    'integrator.dt': { default: 0.005, min: 0.0005, max: 0.05 },
    time: { default: 100, min: 1, max: 1000 },
    'couple.windows': { default: 22 },
    'couple.low': { default: -1.6 },
    'couple.high': { default: 1.6 },
    'couple.springConstant': { default: [12] },
    'couple.ceiling': { default: 11 },
  },
};

export default system;
