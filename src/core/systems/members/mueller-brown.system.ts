import type { System } from '../contract.ts';

const system: System = {
  cite: 'Müller, Brown, Theor. Chim. Acta 53, 75 (1979)',
  coordinates: ['x', 'y'],
  domain: [
    [-1.8, 1.4],
    [-0.5, 2.2],
  ],
  params: {},
  energy:
    '-200*exp(-(x - 1)^2 - 10*y^2)' +
    ' - 100*exp(-x^2 - 10*(y - 0.5)^2)' +
    ' - 170*exp(-6.5*(x + 0.5)^2 + 11*(x + 0.5)*(y - 1.5) - 6.5*(y - 1.5)^2)' +
    ' + 15*exp(0.7*(x + 1)^2 + 0.6*(x + 1)*(y - 1) + 0.7*(y - 1)^2)',
  cvs: [
    { id: 'x', label: 'x', value: 'x', range: [-1.5, 1.2] },
    { id: 'y', label: 'y', value: 'y', range: [-0.4, 2] },
  ],
  facts: {
    minima: [
      { name: 'upper left', at: [-0.558223635, 1.441725842], energy: -146.6995172 },
      { name: 'lower right', at: [0.623499405, 0.028037759], energy: -108.1667241 },
      { name: 'middle', at: [-0.050010823, 0.466694105], energy: -80.7678181 },
    ],
    saddles: [
      { name: 'upper', at: [-0.822001559, 0.624312803], energy: -40.6648435 },
      { name: 'lower', at: [0.212486582, 0.292988325], energy: -72.2489401 },
    ],
  },
  start: 'upper left',
  arrival: { minimum: 'lower right', radius: 0.1 },
  suggest: {
    kT: { default: 15, min: 5, max: 40, step: 0.5 },
    'integrator.dt': { default: 1e-4, min: 1e-5, max: 5e-4, limits: [1e-8, 1e-2] },
    time: { default: 5, min: 0.1, max: 50 },
    'couple.windows': { default: 27 },
    'couple.low': { default: -1.5 },
    'couple.high': { default: 1.1 },
    'couple.springConstant': { default: [1500] },
  },
};

export default system;
