/** Mean and variance of samples with their standard errors, and the values at which a sweep asks for them. */
import { linspace } from '../../core/numerics/results.ts';
import type { Range } from '../../plots/figure.ts';

export interface SampleMoments {
  readonly mean: number;
  readonly meanError: number;
  readonly variance: number;
  readonly varianceError: number;
}

/** Of independent samples; errors are NaN for fewer than two. */
export function momentsOf(values: Float64Array): SampleMoments {
  const n = values.length;
  const mean = values.reduce((a, b) => a + b, 0) / n;
  const squares = values.map((v) => (v - mean) ** 2);
  const variance = squares.reduce((a, b) => a + b, 0) / (n - 1);
  const fourth = squares.reduce((a, b) => a + b * b, 0) / n;
  return {
    mean,
    meanError: Math.sqrt(variance / n),
    variance,
    varianceError: Math.sqrt(Math.max(0, fourth - variance ** 2) / n),
  };
}

export const SWEEP_VALUES = 25;

/** Values over the range, such that any first part of them covers it: ends and middle, then between them. */
export function sweepValues([low, high]: Range, count = SWEEP_VALUES): number[] {
  const all = linspace(low, high, count);
  const order: number[] = [];
  for (let stride = 2 ** Math.floor(Math.log2(count - 1)); stride >= 1; stride /= 2)
    for (let k = 0; k < count; k += stride) if (!order.includes(k)) order.push(k);
  return order.map((k) => all[k]);
}
