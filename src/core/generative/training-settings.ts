/** Specs of data, network and training. */
import { groupReader } from '../params/experiment.ts';
import { choice, count, family, number, prefixed, shaping, toggle } from '../params/make.ts';
import type { ParamSpecs, Values } from '../params/params.ts';

const dataSpecs = {
  n: count(20_000, [500, 50_000], { limits: [100, 200_000] }),
  flat: toggle(true),
} satisfies ParamSpecs;

const networkSpecs = {
  width: count(64, [8, 256], { limits: [2, 512] }),
  depth: count(3, [1, 6], { limits: [1, 8], scale: 'linear' }),
  kind: choice('mlp', ['mlp', 'energy']),
  activation: choice('silu', ['silu', 'tanh', 'softplus']),
  features: choice('log-sigma', ['log-sigma', 'fourier']),
} satisfies ParamSpecs;

const trainSpecs = {
  steps: count(2000, [100, 10_000], { limits: [1, 100_000] }),
  batch: count(512, [64, 2048], { limits: [8, 8192] }),
  learningRate: number(1e-2, [1e-4, 5e-2], { limits: [1e-6, 1], scale: 'log' }),
  weighting: choice('edm', ['edm', 'score', 'likelihood']),
  objective: choice('denoising', ['denoising', 'implicit', 'sliced']),
  validation: number(0, [0, 0.5], { limits: [0, 0.9] }),
  dropCondition: number(0, [0, 0.5], { limits: [0, 0.9] }),
} satisfies ParamSpecs;

/** @param datasets sources of training data by id */
export const learningSettings = (datasets: Readonly<Record<string, unknown>>): ParamSpecs => ({
  data: family('equilibrium', datasets, 'data'),
  ...prefixed('data', shaping('data', dataSpecs)),
  ...prefixed('network', shaping('network', networkSpecs)),
  ...prefixed('train', shaping('network', trainSpecs)),
});

export type NetworkSettings = Values<typeof networkSpecs>;

export const dataSettingsOf = groupReader<typeof dataSpecs>('data');
export const networkSettingsOf = groupReader<typeof networkSpecs>('network');
export const trainSettingsOf = groupReader<typeof trainSpecs>('train');
