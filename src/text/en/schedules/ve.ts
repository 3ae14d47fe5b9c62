import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Variance exploding',
  parameters: {
    sigmaMin: {
      label: 'Smallest noise level',
      help: 'Noise level at t = 0, in standard deviations of the data.',
    },
    sigmaMax: {
      label: 'Largest noise level',
      help: 'Noise level at t = 1, in standard deviations of the data.',
    },
  },
};

export default words;
