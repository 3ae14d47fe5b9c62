/** Specs of the settings that every experiment has, whatever its system, integrator and generator. */
import { Graph } from './expression/graph.ts';
import { ExpressionError } from './expression/parse.ts';
import type { NumberSpec, ParamSpec, ParamSpecs } from './params.ts';
import { placeProblem } from './place.ts';
import type { ResolvedSystem } from './system.ts';

const MOST_PLACE_CHARACTERS = 1000;
const MOST_OBSERVABLE_CHARACTERS = 200;

export function choice(
  label: string,
  initial: string,
  options: readonly { id: string; label: string }[],
  help: string,
  symbol?: string,
): ParamSpec {
  return { kind: 'choice', label, default: initial, options, help, ...(symbol ? { symbol } : {}) };
}

export function family(
  label: string,
  initial: string,
  members: Readonly<Record<string, { title: string }>>,
  help: string,
): ParamSpec {
  return choice(
    label,
    initial,
    Object.entries(members).map(([id, { title }]) => ({ id, label: title })),
    help,
  );
}

export function startSetting(system: ResolvedSystem): ParamSpec {
  return {
    kind: 'text',
    label: 'Start',
    default: typeof system.start === 'string' ? system.start : system.start.join(','),
    maxLength: MOST_PLACE_CHARACTERS,
    check: (text) => placeProblem(text, system),
    help: 'Where all walkers start: the name of a minimum, or coordinates separated by commas.',
  };
}

export function targetSetting(system: ResolvedSystem): ParamSpec {
  return {
    kind: 'text',
    label: 'Target',
    default: system.arrival?.minimum ?? '',
    maxLength: MOST_PLACE_CHARACTERS,
    check: (text) => (text === '' ? undefined : placeProblem(text, system)),
    help: 'What counts as arrival for first passages: the name of a minimum, or coordinates separated by commas.',
  };
}

const count = (
  label: string,
  initial: number,
  min: number,
  max: number,
  help: string,
  more: Partial<NumberSpec> = {},
): NumberSpec => ({
  kind: 'number',
  label,
  default: initial,
  min,
  max,
  integer: true,
  scale: 'log',
  help,
  ...more,
});

export const simulationSettings: ParamSpecs = {
  walkers: count('Walkers', 256, 1, 4096, 'Independent copies of the system, all started in the same well.', {
    limits: [1, 16384],
  }),
  time: {
    kind: 'number',
    label: 'Simulated time',
    symbol: 't',
    unit: 'τ',
    default: 100,
    min: 1,
    max: 1000,
    limits: [1e-3, 1e5],
    scale: 'log',
    help: 'Physical time that each walker is simulated.',
  },
};

/**
 * @param cvs collective variables beside the one along which walkers are biased
 * @param names coordinates and parameters that an observable may name
 */
export function biasSettings(
  cvs: readonly { readonly id: string; readonly label: string }[],
  names: readonly string[],
): ParamSpecs {
  return {
    budget: count(
      'Budget',
      2_000_000,
      100_000,
      20_000_000,
      'Force evaluations in all, whatever they are for.',
      {
        limits: [1000, 1e9],
        unit: 'forces',
      },
    ),
    reweight: choice(
      'Reweight to',
      'none',
      [{ id: 'none', label: 'nothing else' }, ...cvs.map(({ id, label }) => ({ id, label }))],
      'A second collective variable, along which the free energy is found from the same samples by their weights.',
    ),
    observable: {
      kind: 'text',
      label: 'Average of',
      default: '',
      maxLength: MOST_OBSERVABLE_CHARACTERS,
      check: (text) => (text === '' ? undefined : expressionProblem(text, names)),
      help: 'An expression in the coordinates: its equilibrium average is found from the same samples by their weights.',
    },
  };
}

function expressionProblem(text: string, names: readonly string[]): string | undefined {
  try {
    new Graph(names).expression(text);
    return undefined;
  } catch (error) {
    if (error instanceof ExpressionError) return error.message;
    throw error;
  }
}

export const learningSettings: ParamSpecs = {
  data: choice(
    'Training data',
    'equilibrium',
    [
      { id: 'equilibrium', label: 'exact equilibrium' },
      { id: 'simulation', label: 'the simulation of Explore' },
      { id: 'biased', label: 'the biased run of Bias' },
      { id: 'file', label: 'a file of your own' },
      { id: 'drawn', label: 'drawn by hand' },
    ],
    'Where the model learns from: exact samples of exp(-U/kT), whatever the trapped walkers have visited, the walkers of station Bias (by their weights in Learn, evenly along the slow variable in Condition, where weights are not needed), a CSV file, or points that you draw. Files and drawings stay in this page.',
  ),
  'data.n': count('Data points', 20_000, 500, 50_000, 'Number of training states.', {
    limits: [100, 200_000],
  }),
  'data.flat': {
    kind: 'toggle',
    label: 'Even along the slow variable',
    default: true,
    help: 'Conditional models: minibatches are drawn evenly along the slow variable, so that rare values are learned too.',
  },
  'network.width': count('Width', 64, 8, 256, 'Units of each hidden layer.', { limits: [2, 512] }),
  'network.depth': count('Depth', 3, 1, 6, 'Number of hidden layers.', { limits: [1, 8], scale: 'linear' }),
  'network.kind': choice(
    'Network',
    'mlp',
    [
      { id: 'mlp', label: 'vector' },
      { id: 'energy', label: 'gradient of an energy' },
    ],
    'Whether the network answers the score itself, or a number whose gradient is the score: then the score has no curl, and training costs about three times as much.',
  ),
  'network.activation': choice(
    'Activation',
    'silu',
    [
      { id: 'silu', label: 'SiLU' },
      { id: 'tanh', label: 'tanh' },
      { id: 'softplus', label: 'softplus' },
    ],
    'Nonlinearity between layers.',
  ),
  'network.features': choice(
    'Noise features',
    'log-sigma',
    [
      { id: 'log-sigma', label: 'ln σ' },
      { id: 'fourier', label: 'ln σ and Fourier features' },
    ],
    'How the network is told the noise level: c = (ln σ)/4, or also sin kc and cos kc for k = 1 to 4.',
  ),
  'train.steps': count('Training steps', 2000, 100, 10_000, 'Number of optimiser steps.', {
    limits: [1, 100_000],
  }),
  'train.batch': count('Batch', 512, 64, 2048, 'States in each minibatch.', { limits: [8, 8192] }),
  'train.learningRate': {
    kind: 'number',
    label: 'Learning rate',
    default: 1e-2,
    min: 1e-4,
    max: 5e-2,
    limits: [1e-6, 1],
    scale: 'log',
    help: 'Largest step size of Adam; after a short rise it decays to zero along a cosine.',
  },
  'train.weighting': choice(
    'Weighting',
    'edm',
    [
      { id: 'edm', label: 'even (EDM)' },
      { id: 'score', label: 'σ² (noise)' },
      { id: 'likelihood', label: 'g² (likelihood)' },
    ],
    'What an error of the score counts at each noise level: so that the network answers equally well everywhere, times σ², or times g², which bounds the likelihood when the time of training is uniform.',
  ),
  'train.objective': choice(
    'Objective',
    'denoising',
    [
      { id: 'denoising', label: 'denoising' },
      { id: 'implicit', label: 'implicit (Hyvärinen)' },
      { id: 'sliced', label: 'sliced' },
    ],
    'Denoising score matching; or, at the same noise levels, implicit score matching with the divergence of the score, exact or along one random direction. These two are slow and noisy, which is why denoising won: try them with a small network.',
  ),
  'train.validation': {
    kind: 'number',
    label: 'Held out',
    default: 0,
    min: 0,
    max: 0.5,
    limits: [0, 0.9],
    help: 'Share of the data that training never sees. The loss on them is shown beside the training loss.',
  },
  'train.dropCondition': {
    kind: 'number',
    label: 'Dropped conditions',
    default: 0,
    min: 0,
    max: 0.5,
    limits: [0, 0.9],
    help: 'Conditional models: probability that an example hides its slow variable, so that one network learns the law with and without it. Needed for guidance.',
  },
};

export function generationSettings([low, high]: readonly [number, number]): ParamSpecs {
  return {
    samples: count('Samples', 20_000, 500, 50_000, 'Number of states that the model generates.', {
      limits: [1, 100_000],
    }),
    sigma: {
      kind: 'number',
      label: 'Noise level',
      symbol: '\\sigma',
      default: 0.3,
      min: 0.05,
      max: 5,
      limits: [1e-3, 100],
      scale: 'log',
      live: true,
      help: 'Noise, in standard deviations of the data, at which the score field is drawn.',
    },
    at: {
      kind: 'list',
      label: 'Condition on',
      symbol: '\\xi',
      default: [(low + high) / 2],
      limits: [low, high],
      maxLength: 32,
      help: 'Values of the slow variable at which conditional samples are drawn.',
    },
  };
}
