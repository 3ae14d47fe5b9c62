import type { System } from '../contract.ts';

const system: System = {
  coordinates: ['x', 'y'],
  domain: [
    [-2.2, 2.2],
    [-2.4, 2.4],
  ],
  params: {},
  energy:
    '6*((x/1.3)^2 - 1)^2 + y^2 + 12*exp(-x^2/0.98 - y^2/0.245)' +
    ' + 3*exp(-(x + 0.5)^2/0.18 - (y - 0.9)^2/0.245) - 3*exp(-(x - 0.4)^2/0.18 - (y - 0.9)^2/0.245)' +
    ' - 1.5*exp(-(x + 0.5)^2/0.18 - (y + 0.9)^2/0.245) + 2*exp(-(x - 0.4)^2/0.18 - (y + 0.9)^2/0.245)',
  cvs: [
    { id: 'x', label: 'x', value: 'x', range: [-1.9, 1.9] },
    { id: 'y', label: 'y', value: 'y', range: [-2.2, 2.2] },
  ],
  facts: {
    minima: [
      { name: 'lower left', at: [-1.311263869, -0.729201371], energy: 0.736105256 },
      { name: 'upper right', at: [1.313103822, 0.7270233], energy: 0.744027171 },
      { name: 'lower right', at: [1.328085001, -0.713214625], energy: 0.783401901 },
      { name: 'upper left', at: [-1.339785413, 0.700429588], energy: 0.823912395 },
    ],
    saddles: [
      { name: 'right', at: [1.43170993, -0.000360319], energy: 1.753682877 },
      { name: 'left', at: [-1.431832609, 0.000966855], energy: 1.754228041 },
      { name: 'upper', at: [-0.238249494, 1.373659395], energy: 8.191457156 },
      { name: 'lower', at: [0.180064836, -1.28511017], energy: 8.208995699 },
    ],
  },
  start: 'lower left',
  arrival: { minimum: 'upper right', radius: 0.2 },
  suggest: {
    kT: { default: 1, min: 0.5, max: 4, step: 0.05 },
    'integrator.dt': { default: 0.002, min: 1e-4, max: 0.02, limits: [1e-8, 0.5] },
    time: { default: 50, min: 1, max: 1000 },
    'couple.windows': { default: 26 },
    'couple.low': { default: -1.9 },
    'couple.high': { default: 1.9 },
    'couple.springConstant': { default: [25] },
  },
};

export default system;
