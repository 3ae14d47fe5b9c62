import type { MemberWords } from '../../language.ts';
import { noiseLevels } from '../noise-levels.ts';

const words: MemberWords = {
  title: 'Stochastic churn',
  parameters: {
    steps: {
      label: 'Steps',
      help: 'Number of steps from noise to sample. Each costs two network evaluations, and the last one.',
    },
    ...noiseLevels,
    churn: {
      label: 'Churn',
      help: 'Amount of noise that is added during generation, over all steps. A step raises the noise level by the factor 1 + churn/steps, but by no more than √2.',
    },
    churnMin: {
      label: 'Churn above',
      help: 'Noise is added only at noise levels above this value.',
    },
    churnMax: {
      label: 'Churn below',
      help: 'Noise is added only at noise levels below this value.',
    },
    churnNoise: {
      label: 'Scale of added noise',
      help: 'Standard deviation of the added noise. The value 1 is exact; values above 1 compensate for a network that removes too much noise.',
    },
  },
};

export default words;
