import { number, whole } from '../../params/make.ts';
import type { ParamValues } from '../../params/params.ts';
import { chainEnergy, siteNames } from '../chain.ts';
import type { Chain, System } from '../contract.ts';

const chain: Chain = {
  sites: 'sites',
  site: 'barrier*(u^2 - 1)^2',
  bond: 'coupling/2*(u - v)^2',
};

const names = (params: ParamValues) => siteNames('phi', params.sites as number);

const system: System = {
  coordinates: names,
  domain: (params) => names(params).map(() => [-1.9, 1.9]),
  params: {
    sites: whole(8, [2, 32], { symbol: 'N', step: 1 }),
    barrier: number(1.5, [0.5, 6], { symbol: 'h', unit: 'ε', limits: [0.1, 30], step: 0.1, live: true }),
    coupling: number(2, [0, 6], { symbol: 'J', unit: 'ε', limits: [0, 30], step: 0.1, live: true }),
  },
  chain,
  energy: (params) => chainEnergy(chain, names(params)),
  cvs: (params) => [
    { id: 'first', label: 'φ₁', value: 'phi1', range: [-1.7, 1.7] },
    {
      id: 'mean',
      label: 'mean of φ',
      value: `(${names(params).join(' + ')})/${params.sites}`,
      range: [-1.5, 1.5],
    },
  ],
  facts: (params) => ({
    minima: [
      { name: 'down', at: names(params).map(() => -1), energy: 0 },
      { name: 'up', at: names(params).map(() => 1), energy: 0 },
    ],
    saddles: [],
  }),
  start: 'down',
  // Thermal fluctuations move every site by about a third.
  arrival: (params) => ({ minimum: 'up', radius: 0.5 * Math.sqrt(params.sites as number) }),
  suggest: {
    kT: { default: 1, min: 0.3, max: 4, step: 0.05 },
    'integrator.dt': { default: 0.005, min: 1e-4, max: 0.02, limits: [1e-8, 0.2] },
    time: { default: 200, min: 1, max: 2000 },
    // Moves of the whole chain are worth their energies: what they find has far to spread.
    'couple.every': { default: 5 },
  },
};

export default system;
