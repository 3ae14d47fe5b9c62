import type { System } from '../contract.ts';

const system: System = {
  cite: 'Prinz et al., J. Chem. Phys. 134, 174105 (2011)',
  coordinates: ['x'],
  domain: [[-1.15, 1.15]],
  params: {},
  energy: '4*(x^8 + 0.8*exp(-80*x^2) + 0.2*exp(-80*(x - 0.5)^2) + 0.5*exp(-40*(x + 0.5)^2))',
  cvs: [{ id: 'x', label: 'x', value: 'x', range: [-1.1, 1.1] }],
  facts: {
    minima: [
      { name: 'first', at: [-0.739430178], energy: 0.559379772 },
      { name: 'second', at: [-0.223737578], energy: 0.152811002 },
      { name: 'third', at: [0.269149351], energy: 0.021103802 },
      { name: 'fourth', at: [0.673296355], energy: 0.241322262 },
    ],
    saddles: [
      { name: 'left', at: [-0.501597952], energy: 2.015824725 },
      { name: 'central', at: [-0.000007095], energy: 3.200090814 },
      { name: 'right', at: [0.502009381], energy: 0.815876108 },
    ],
  },
  start: 'first',
  arrival: { minimum: 'fourth', radius: 0 },
  suggest: {
    kT: { default: 0.6, min: 0.2, max: 3, step: 0.05 },
    'integrator.dt': { default: 2e-4, min: 1e-5, max: 2e-3, limits: [1e-8, 0.05] },
    time: { default: 10, min: 0.1, max: 100 },
  },
};

export default system;
