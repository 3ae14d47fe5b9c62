/** Specs of what is generated from a model, and of what it is conditioned on. */
import { groupReader } from '../params/experiment.ts';
import { choice, count, prefixed, shaping } from '../params/make.ts';
import type { NumberSpec, ParamSpecs } from '../params/params.ts';

interface Variable {
  readonly id: string;
  readonly label: string;
  readonly range: readonly [number, number];
}

/** How samples come to have the asked value of the slow variable. */
export const conditionSettingsOf = groupReader<typeof conditionSpecs>('condition');

/**
 * @param cv the slow variable  @param others the other collective variables  @param also the one of them that is chosen too
 */
export function generationSettings(
  { range: [low, high] }: Variable,
  others: readonly Variable[],
  also: Variable | undefined,
): ParamSpecs {
  return {
    denoiser: choice(
      'Denoiser',
      'network',
      [
        { id: 'network', label: 'the network' },
        { id: 'exact', label: 'exact, by quadrature' },
      ],
      'What the generator asks for the mean of the clean state: the trained network, or the exact denoiser in its place. What is wrong with the exact one is the fault of the generator.',
      { shapes: ['denoiser'] },
    ),
    samples: count('Samples', 20_000, 500, 50_000, 'Number of states that the model generates.', {
      limits: [1, 100_000],
      shapes: ['view'],
    }),
    sigma: {
      shapes: ['view'],
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
      shapes: ['view'],
      kind: 'list',
      label: 'Condition on',
      symbol: '\\xi',
      default: [(low + high) / 2],
      limits: [low, high],
      maxLength: 32,
      help: 'Values of the slow variable at which conditional samples are drawn.',
    },
    also: choice(
      'And on',
      'none',
      [{ id: 'none', label: 'nothing else' }, ...others.map(({ id, label }) => ({ id, label }))],
      'A second collective variable that samples are conditioned on.',
      { shapes: ['condition'] },
    ),
    alsoAt: alsoAtSetting(also?.range ?? [-1, 1]),
    ...prefixed('condition', shaping('condition', conditionSpecs)),
  };
}

function alsoAtSetting([low, high]: readonly [number, number]): NumberSpec {
  return {
    shapes: ['condition'],
    kind: 'number',
    label: 'Its value',
    default: (low + high) / 2,
    min: low,
    max: high,
    help: 'Value of the second collective variable at which conditional samples are drawn.',
  };
}

const conditionSpecs = {
  by: choice(
    'Condition by',
    'network',
    [
      { id: 'network', label: 'a conditional network' },
      { id: 'kernel', label: 'data weighted by a kernel' },
      { id: 'guidance', label: 'guidance of an unconditional network' },
      { id: 'neighbours', label: 'nearest neighbours in the data' },
    ],
    'How samples come to have the asked value: a network that was told it; the denoiser of the data near it, without training; a network that was not, pulled by the gradient of the slow variable; or the nearest data themselves, which is the baseline to beat.',
  ),
  weight: {
    kind: 'number',
    label: 'Guidance weight',
    default: 1,
    min: 0,
    max: 4,
    limits: [0, 20],
    help: 'Strength of the condition, for networks. 1 is the conditional distribution; with more, samples crowd where the condition is most typical, which is no conditional distribution. A conditional network needs dropped conditions for other weights than 1.',
  },
  bandwidth: {
    kind: 'number',
    label: 'Bandwidth',
    default: 0.1,
    min: 0.01,
    max: 1,
    limits: [1e-4, 10],
    scale: 'log',
    help: 'Conditioning by a kernel: how far from the asked value data count, in standard deviations of the slow variable.',
  },
  neighbours: count(
    'Neighbours',
    1000,
    10,
    5000,
    'Conditioning by neighbours: number of data nearest in the slow variable from which samples are drawn.',
    { limits: [1, 200_000] },
  ),
} satisfies ParamSpecs;
