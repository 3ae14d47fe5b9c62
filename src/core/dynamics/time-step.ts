import type { NumberSpec } from '../params/params.ts';

/** The parameter `dt` that every integrator declares; systems adjust its range to their own time scale. */
export function timeStep(): NumberSpec {
  return {
    kind: 'number',
    symbol: '\\Delta t',
    unit: 'τ',
    default: 0.005,
    min: 1e-4,
    max: 0.05,
    limits: [1e-8, 1],
    scale: 'log',
  };
}
