import { number } from '../params/make.ts';
import type { NumberSpec } from '../params/params.ts';

/** The parameter `dt` that every integrator declares; systems adjust its range to their own time scale. */
export function timeStep(): NumberSpec {
  return number(0.005, [1e-4, 0.05], { symbol: '\\Delta t', unit: 'τ', limits: [1e-8, 1], scale: 'log' });
}
