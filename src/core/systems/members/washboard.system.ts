import { number } from '../../params/make.ts';
import type { ParamValues } from '../../params/params.ts';
import type { Facts, System } from '../contract.ts';

/** Minimum and top of one period, as long as the tilt leaves them. */
function facts(params: ParamValues): Facts {
  const [barrier, tilt] = [params.barrier as number, params.tilt as number];
  const angle = Math.asin((2 * tilt) / barrier);
  if (Number.isNaN(angle)) return { minima: [], saddles: [] };
  const point = (name: string, x: number) => ({
    name,
    at: [x],
    energy: (barrier / 2) * (1 - Math.cos(x)) - tilt * x,
  });
  const top = tilt < 0 ? -Math.PI - angle : Math.PI - angle;
  return { minima: [point('well', angle)], saddles: [point('top', top)] };
}

const system: System = {
  cite: 'Stratonovich, Radiotekh. Elektron. 3, 497 (1958)',
  coordinates: ['x'],
  domain: [[-Math.PI, Math.PI]],
  periodic: ['x'],
  params: {
    barrier: number(5, [1, 12], { symbol: 'h', unit: 'ε', limits: [0.1, 50], step: 0.1, live: true }),
    tilt: number(0, [-4, 4], { symbol: 'f', unit: 'ε', limits: [-50, 50], step: 0.1, live: true }),
  },
  energy: 'barrier/2*(1 - cos(x)) - tilt*x',
  cvs: [{ id: 'x', label: 'x', value: 'x', range: [-Math.PI, Math.PI], periodic: true }],
  facts,
  start: (params) => facts(params).minima[0]?.name ?? [0],
  suggest: {
    kT: { default: 1, min: 0.3, max: 5, step: 0.05 },
    'integrator.dt': { default: 0.005, min: 1e-4, max: 0.05, limits: [1e-8, 0.5] },
    time: { default: 100, min: 1, max: 1000 },
  },
};

export default system;
