import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'EDM (time is the noise level)',
  parameters: {
    logMean: {
      label: 'Mean of ln σ in training',
      help: 'Mean of ln σ in training: the noise level at which the network is trained most.',
    },
    logDeviation: {
      label: 'Standard deviation of ln σ',
      help: 'Standard deviation of ln σ in training.',
    },
  },
};

export default words;
