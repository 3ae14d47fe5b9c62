import { number } from '../../params/make.ts';
import type { ParamValues } from '../../params/params.ts';
import type { Facts, System } from '../contract.ts';

/** Tilts beyond this share of the barrier leave a single well: x^3 - x + tilt / (4 barrier) then has a single root. */
const LAST_TILT = 8 / (3 * Math.sqrt(3));

/** Roots of the slope 4 barrier (x^3 - x) + tilt, by Viete's formula: right well, left well, top of the barrier. */
function stationaryPoints(barrier: number, tilt: number): readonly number[] {
  const angle = Math.acos(-tilt / barrier / LAST_TILT) / 3;
  return [0, 1, 2].map((k) => (2 / Math.sqrt(3)) * Math.cos(angle - (2 * Math.PI * k) / 3));
}

/** The root that is left beyond the last tilt. */
function onlyMinimum(barrier: number, tilt: number): number {
  const angle = Math.acosh(Math.abs(tilt) / barrier / LAST_TILT) / 3;
  return -Math.sign(tilt) * (2 / Math.sqrt(3)) * Math.cosh(angle);
}

function facts(params: ParamValues): Facts {
  const [barrier, tilt] = [params.barrier as number, params.tilt as number];
  const point = (name: string, x: number) => ({
    name,
    at: [x],
    energy: barrier * (x * x - 1) ** 2 + tilt * x,
  });
  if (Math.abs(tilt) >= LAST_TILT * barrier)
    return { minima: [point(tilt > 0 ? 'left' : 'right', onlyMinimum(barrier, tilt))], saddles: [] };
  // cos of an angle below pi/3, of one between -2 pi/3 and -pi/3, of one between -4 pi/3 and -pi.
  const [right, top, left] = stationaryPoints(barrier, tilt);
  return { minima: [point('left', left), point('right', right)], saddles: [point('barrier', top)] };
}

const system: System = {
  coordinates: ['x'],
  domain: [[-1.9, 1.9]],
  params: {
    barrier: number(5, [1, 12], { symbol: 'h', unit: 'ε', limits: [0.1, 50], step: 0.1, live: true }),
    tilt: number(0, [-3, 3], { symbol: 'b', unit: 'ε', limits: [-20, 20], step: 0.1, live: true }),
  },
  energy: 'barrier*(x^2 - 1)^2 + tilt*x',
  cvs: [{ id: 'x', label: 'x', value: 'x', range: [-1.7, 1.7] }],
  facts,
  start: (params) => facts(params).minima[0].name,
  suggest: {
    kT: { default: 1, min: 0.3, max: 5, step: 0.05 },
    'integrator.dt': { default: 0.002, min: 1e-4, max: 0.02, limits: [1e-8, 0.5] },
    time: { default: 100, min: 1, max: 1000 },
  },
};

export default system;
