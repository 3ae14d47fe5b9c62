import { number } from '../../params/make.ts';
import type { ParamValues } from '../../params/params.ts';
import type { Facts, System } from '../contract.ts';

/** The energy is (1 - s)^2 (27/4 barrier s + middle) with s = x^2: its slope in s vanishes at s = 1 and at the barriers. */
function facts(params: ParamValues): Facts {
  const [barrier, middle] = [params.barrier as number, params.middle as number];
  const scale = (27 / 4) * barrier;
  const pass = (scale - 2 * middle) / (3 * scale);
  const height = (1 - pass) ** 2 * (scale * pass + middle);
  return {
    minima: [
      { name: 'left', at: [-1], energy: 0 },
      { name: 'middle', at: [0], energy: middle },
      { name: 'right', at: [1], energy: 0 },
    ],
    saddles: [
      { name: 'left barrier', at: [-Math.sqrt(pass)], energy: height },
      { name: 'right barrier', at: [Math.sqrt(pass)], energy: height },
    ],
  };
}

const system: System = {
  coordinates: ['x'],
  domain: [[-1.5, 1.5]],
  params: {
    barrier: number(4, [1, 10], { symbol: 'h', unit: 'ε', limits: [0.5, 30], step: 0.1, live: true }),
    middle: number(1, [-1.5, 1.5], { symbol: 'm', unit: 'ε', limits: [-1.6, 1.6], step: 0.1, live: true }),
  },
  energy: '(1 - x^2)^2*(27/4*barrier*x^2 + middle)',
  cvs: [{ id: 'x', label: 'x', value: 'x', range: [-1.4, 1.4] }],
  facts,
  start: 'left',
  arrival: { minimum: 'right', radius: 0 },
  suggest: {
    kT: { default: 1, min: 0.3, max: 4, step: 0.05 },
    'integrator.dt': { default: 0.001, min: 1e-4, max: 0.01, limits: [1e-8, 0.2] },
    time: { default: 50, min: 1, max: 1000 },
  },
};

export default system;
