import type { System } from '../contract.ts';

const system: System = {
  title: 'Ornstein–Uhlenbeck process with rotation',
  teaches:
    'A steady state that circulates: the distribution is a Gaussian and looks like equilibrium, the dynamics is not reversible.',
  coordinates: ['x', 'y'],
  domain: [
    [-3.5, 3.5],
    [-3.5, 3.5],
  ],
  params: {
    rate: {
      kind: 'number',
      label: 'Rate',
      symbol: '\\lambda',
      unit: '1/τ',
      default: 1,
      min: 0.2,
      max: 5,
      limits: [0.01, 100],
      step: 0.1,
      live: true,
      help: 'How fast walkers return to the origin.',
    },
    rotation: {
      kind: 'number',
      label: 'Rotation',
      symbol: '\\omega',
      unit: '1/τ',
      default: 2,
      min: -10,
      max: 10,
      limits: [-100, 100],
      step: 0.1,
      live: true,
      help: 'Angular velocity about the origin. The stationary distribution does not depend on it; correlations oscillate with it.',
    },
    amplitude: {
      kind: 'number',
      label: 'Noise',
      symbol: 's',
      default: 1.4,
      min: 0.2,
      max: 3,
      limits: [0.01, 30],
      step: 0.1,
      live: true,
      help: 'Amplitude of the noise: each coordinate has the variance s²/(2λ) in the steady state.',
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
