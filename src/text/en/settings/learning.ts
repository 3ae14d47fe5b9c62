/** Words of the settings of data, network and training. */
import type { SettingWords } from '../../language.ts';
import { datasets } from '../members.ts';

export const learningSettings = {
  data: {
    label: 'Training data',
    help: 'What the model is trained on. Exact equilibrium: samples of exp(−U/kT). Exact, evenly distributed: equally many exact samples at every value of the collective variable (meant for Condition). Simulation: the states that the walkers of Explore visit. Bias run: the states of station Bias, weighted in Learn and evenly distributed in Condition. Files and drawings never leave this page.',
    options: Object.fromEntries(Object.entries(datasets).map(([id, { title }]) => [id, title])),
  },
  'data.n': {
    label: 'Data points',
    help: 'Number of training states.',
  },
  'data.flat': {
    label: 'Uniform along the collective variable',
    help: 'For conditional models: minibatches are drawn uniformly along the collective variable, so that rare values are learned too.',
  },
  'network.width': {
    label: 'Width',
    help: 'Number of units in each hidden layer.',
  },
  'network.depth': {
    label: 'Depth',
    help: 'Number of hidden layers.',
  },
  'network.kind': {
    label: 'Network output',
    help: 'The network outputs either the score itself, or an energy whose gradient is the score. The second score is curl-free, but training costs about three times as much.',
    options: {
      mlp: 'score vector',
      energy: 'energy',
    },
  },
  'network.activation': {
    label: 'Activation',
    help: 'Nonlinearity between the layers.',
    options: {
      silu: 'SiLU',
      tanh: 'tanh',
      softplus: 'softplus',
    },
  },
  'network.features': {
    label: 'Noise features',
    help: 'How the noise level enters the network: as c = (ln σ)/4, or additionally as sin kc and cos kc for k = 1 to 4.',
    options: {
      'log-sigma': 'ln σ',
      fourier: 'ln σ and Fourier features',
    },
  },
  'train.steps': {
    label: 'Training steps',
    help: 'Number of optimiser steps.',
  },
  'train.batch': {
    label: 'Batch size',
    help: 'Number of states in each minibatch.',
  },
  'train.learningRate': {
    label: 'Learning rate',
    help: 'Largest step size of Adam. After a short warm-up it decays to zero along a cosine.',
  },
  'train.weighting': {
    label: 'Loss weighting',
    help: 'Weight of an error in the score at each noise level: uniform after preconditioning (EDM), proportional to σ², or proportional to g². With g² and a uniform training time the loss bounds the likelihood.',
    options: {
      edm: 'uniform (EDM)',
      score: 'σ² (noise)',
      likelihood: 'g² (likelihood)',
    },
  },
  'train.objective': {
    label: 'Objective',
    help: 'Denoising score matching, or implicit score matching at the same noise levels, with the divergence of the score computed exactly or along one random direction (sliced). The last two are slow and noisy: try them with a small network.',
    options: {
      denoising: 'denoising',
      implicit: 'implicit (Hyvärinen)',
      sliced: 'sliced',
    },
  },
  'train.validation': {
    label: 'Validation share',
    help: 'Share of the data that is held out from training. The loss on it is shown beside the training loss.',
  },
  'train.dropCondition': {
    label: 'Condition dropout',
    help: 'For conditional models: probability that the condition of a training example is hidden, so that one network learns the distribution with and without it. Required for guidance.',
  },
  schedule: {
    label: 'Noise schedule',
    help: 'How noise is added to the data.',
  },
} satisfies Readonly<Record<string, SettingWords>>;
