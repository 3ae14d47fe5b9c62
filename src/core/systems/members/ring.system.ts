import { number, whole } from '../../params/make.ts';
import type { ParamValues } from '../../params/params.ts';
import type { Facts, System } from '../contract.ts';

/** Wells at equal angles on the circle of radius 1, tops of the barriers halfway between. */
function facts(params: ParamValues): Facts {
  const [wells, barrier] = [params.wells as number, params.barrier as number];
  const point = (name: string, turn: number, energy: number) => ({
    name,
    at: [Math.cos(2 * Math.PI * turn), Math.sin(2 * Math.PI * turn)],
    energy,
  });
  const numbers = Array.from({ length: wells }, (_, k) => k);
  return {
    minima: numbers.map((k) => point(`well ${k + 1}`, k / wells, 0)),
    saddles: numbers.map((k) => point(`barrier ${k + 1}`, (k + 0.5) / wells, barrier)),
  };
}

const system: System = {
  coordinates: ['x', 'y'],
  domain: [
    [-1.7, 1.7],
    [-1.7, 1.7],
  ],
  params: {
    wells: whole(3, [2, 6], { symbol: 'n', step: 1 }),
    barrier: number(4, [1, 10], { symbol: 'h', unit: 'ε', limits: [0.1, 50], step: 0.1, live: true }),
    stiffness: number(50, [10, 200], { symbol: 'k', unit: 'ε', limits: [5, 1000], step: 1, live: true }),
  },
  energy: 'stiffness/2*(sqrt(x^2 + y^2) - 1)^2 + barrier/2*(1 - cos(wells*atan2(y, x)))',
  cvs: [
    { id: 'angle', label: 'θ', value: 'atan2(y, x)', range: [-Math.PI, Math.PI], periodic: true },
    { id: 'x', label: 'x', value: 'x', range: [-1.4, 1.4] },
    { id: 'y', label: 'y', value: 'y', range: [-1.4, 1.4] },
  ],
  facts,
  start: 'well 1',
  suggest: {
    kT: { default: 1, min: 0.3, max: 4, step: 0.05 },
    'integrator.dt': { default: 0.001, min: 1e-4, max: 0.01, limits: [1e-8, 0.1] },
    time: { default: 50, min: 1, max: 1000 },
  },
};

export default system;
