import type { MemberWords } from '../../language.ts';
import { noiseLevels } from '../noise-levels.ts';

const words: MemberWords = {
  title: 'Reverse diffusion (Euler–Maruyama)',
  parameters: {
    steps: {
      label: 'Steps',
      help: 'Number of steps of the reverse diffusion from noise to sample. Each costs one network evaluation.',
    },
    ...noiseLevels,
  },
};

export default words;
