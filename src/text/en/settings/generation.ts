/** Words of the settings of generation and conditioning. */
import type { SettingWords } from '../../language.ts';

export const generationSettings = {
  generator: {
    label: 'Generator',
    help: 'The algorithm that turns noise into samples.',
  },
  denoiser: {
    label: 'Denoiser',
    help: 'The denoiser that the generator uses: the trained network, or the exact one. Errors that remain with the exact denoiser come from the generator.',
    options: {
      network: 'trained network',
      exact: 'exact (quadrature)',
    },
  },
  samples: {
    label: 'Samples',
    help: 'Number of states that the model generates.',
  },
  sigma: {
    label: 'Noise level',
    help: 'Noise level at which the score field is drawn, in standard deviations of the data.',
  },
  at: {
    label: 'Condition on',
    help: 'Values of the collective variable at which conditional samples are drawn.',
  },
  also: {
    label: 'Second condition',
    help: 'A second collective variable on which samples are conditioned.',
    options: {
      none: 'none',
    },
  },
  alsoAt: {
    label: 'Second value',
    help: 'Value of the second collective variable at which conditional samples are drawn.',
  },
  'condition.by': {
    label: 'Conditioning method',
    help: 'How samples are made to satisfy the condition: a conditional network; the denoiser of the training data weighted by a kernel, which needs no training; an unconditional network guided by the gradient of the collective variable; or the nearest training data, as a baseline.',
    options: {
      network: 'conditional network',
      kernel: 'kernel-weighted data',
      guidance: 'guided unconditional network',
      neighbours: 'nearest neighbours in the data',
    },
  },
  'condition.weight': {
    label: 'Guidance weight',
    help: 'Strength of the condition for networks. The value 1 gives the conditional distribution; larger values concentrate samples where the condition is most typical, which is no longer the conditional distribution. For other values than 1, a conditional network must be trained with condition dropout.',
  },
  'condition.bandwidth': {
    label: 'Bandwidth',
    help: 'For the kernel: width of the kernel along the collective variable, in its standard deviations.',
  },
  'condition.neighbours': {
    label: 'Neighbours',
    help: 'For nearest neighbours: number of training states nearest in the collective variable from which samples are drawn.',
  },
} satisfies Readonly<Record<string, SettingWords>>;
