import type { MemberWords } from '../../language.ts';
import { noiseLevels } from '../noise-levels.ts';

const words: MemberWords = {
  title: 'Annealed Langevin',
  parameters: {
    steps: {
      label: 'Noise levels',
      help: 'Number of noise levels from noise to sample.',
    },
    ...noiseLevels,
    perLevel: {
      label: 'Steps per level',
      help: 'Number of Langevin steps at each noise level. Each costs one network evaluation.',
    },
    stepSize: {
      label: 'Step size',
      help: 'Variance of the noise of a Langevin step, relative to that of the noise level. Larger steps relax faster but have a larger bias.',
    },
  },
};

export default words;
