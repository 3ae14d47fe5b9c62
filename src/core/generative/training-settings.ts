/** Specs of data, network and training. */
import { groupReader } from '../params/experiment.ts';
import { choice, count, prefixed, shaping } from '../params/make.ts';
import type { ParamSpecs, Values } from '../params/params.ts';

const data = choice(
  'Training data',
  'equilibrium',
  [
    { id: 'equilibrium', label: 'exact equilibrium' },
    { id: 'even', label: 'exact, evenly along the slow variable' },
    { id: 'simulation', label: 'the simulation of Explore' },
    { id: 'biased', label: 'the run of Bias' },
    { id: 'file', label: 'a file of your own' },
    { id: 'drawn', label: 'drawn by hand' },
  ],
  'Where the model learns from: exact samples of exp(-U/kT) or of its conditional distributions, as many at every value of the slow variable (for Condition; in Learn the model then knows another density), whatever the trapped walkers have visited, the walkers of station Bias (by their weights in Learn, evenly along the slow variable in Condition, where weights are not needed), a CSV file, or points that you draw. Files and drawings stay in this page.',
  { shapes: ['data'] },
);

const dataSpecs = {
  n: count('Data points', 20_000, 500, 50_000, 'Number of training states.', {
    limits: [100, 200_000],
  }),
  flat: {
    kind: 'toggle',
    label: 'Even along the slow variable',
    default: true,
    help: 'Conditional models: minibatches are drawn evenly along the slow variable, so that rare values are learned too.',
  },
} satisfies ParamSpecs;

const networkSpecs = {
  width: count('Width', 64, 8, 256, 'Units of each hidden layer.', { limits: [2, 512] }),
  depth: count('Depth', 3, 1, 6, 'Number of hidden layers.', { limits: [1, 8], scale: 'linear' }),
  kind: choice(
    'Network',
    'mlp',
    [
      { id: 'mlp', label: 'vector' },
      { id: 'energy', label: 'gradient of an energy' },
    ],
    'Whether the network answers the score itself, or a number whose gradient is the score: then the score has no curl, and training costs about three times as much.',
  ),
  activation: choice(
    'Activation',
    'silu',
    [
      { id: 'silu', label: 'SiLU' },
      { id: 'tanh', label: 'tanh' },
      { id: 'softplus', label: 'softplus' },
    ],
    'Nonlinearity between layers.',
  ),
  features: choice(
    'Noise features',
    'log-sigma',
    [
      { id: 'log-sigma', label: 'ln σ' },
      { id: 'fourier', label: 'ln σ and Fourier features' },
    ],
    'How the network is told the noise level: c = (ln σ)/4, or also sin kc and cos kc for k = 1 to 4.',
  ),
} satisfies ParamSpecs;

const trainSpecs = {
  steps: count('Training steps', 2000, 100, 10_000, 'Number of optimiser steps.', {
    limits: [1, 100_000],
  }),
  batch: count('Batch', 512, 64, 2048, 'States in each minibatch.', { limits: [8, 8192] }),
  learningRate: {
    kind: 'number',
    label: 'Learning rate',
    default: 1e-2,
    min: 1e-4,
    max: 5e-2,
    limits: [1e-6, 1],
    scale: 'log',
    help: 'Largest step size of Adam; after a short rise it decays to zero along a cosine.',
  },
  weighting: choice(
    'Weighting',
    'edm',
    [
      { id: 'edm', label: 'even (EDM)' },
      { id: 'score', label: 'σ² (noise)' },
      { id: 'likelihood', label: 'g² (likelihood)' },
    ],
    'What an error of the score counts at each noise level: so that the network answers equally well everywhere, times σ², or times g², which bounds the likelihood when the time of training is uniform.',
  ),
  objective: choice(
    'Objective',
    'denoising',
    [
      { id: 'denoising', label: 'denoising' },
      { id: 'implicit', label: 'implicit (Hyvärinen)' },
      { id: 'sliced', label: 'sliced' },
    ],
    'Denoising score matching; or, at the same noise levels, implicit score matching with the divergence of the score, exact or along one random direction. These two are slow and noisy, which is why denoising won: try them with a small network.',
  ),
  validation: {
    kind: 'number',
    label: 'Held out',
    default: 0,
    min: 0,
    max: 0.5,
    limits: [0, 0.9],
    help: 'Share of the data that training never sees. The loss on them is shown beside the training loss.',
  },
  dropCondition: {
    kind: 'number',
    label: 'Dropped conditions',
    default: 0,
    min: 0,
    max: 0.5,
    limits: [0, 0.9],
    help: 'Conditional models: probability that an example hides its slow variable, so that one network learns the distribution with and without it. Needed for guidance.',
  },
} satisfies ParamSpecs;

export const learningSettings: ParamSpecs = {
  data,
  ...prefixed('data', shaping('data', dataSpecs)),
  ...prefixed('network', shaping('network', networkSpecs)),
  ...prefixed('train', shaping('network', trainSpecs)),
};

export type NetworkSettings = Values<typeof networkSpecs>;

export const dataSettingsOf = groupReader<typeof dataSpecs>('data');
export const networkSettingsOf = groupReader<typeof networkSpecs>('network');
export const trainSettingsOf = groupReader<typeof trainSpecs>('train');
