import type { MemberWords } from '../../language.ts';
import { noiseLevels } from '../noise-levels.ts';

const words: MemberWords = {
  title: 'Predictor–corrector',
  parameters: {
    steps: {
      label: 'Steps',
      help: 'Number of noise levels from noise to sample. Each costs one network evaluation for the predictor and one for each correction.',
    },
    ...noiseLevels,
    corrections: {
      label: 'Corrections',
      help: 'Number of Langevin steps at each noise level after the predictor.',
    },
    correction: {
      label: 'Correction strength',
      help: 'Variance of the noise of a Langevin step, relative to the noise that the predictor has just removed.',
    },
  },
};

export default words;
