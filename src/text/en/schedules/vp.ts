import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Variance preserving',
  parameters: {
    betaMin: {
      label: 'Initial rate',
      help: 'Rate β at t = 0. It grows linearly with t.',
    },
    betaMax: {
      label: 'Final rate',
      help: 'Rate β at t = 1. The integral of β determines how much of the data is left at the start of generation.',
    },
  },
};

export default words;
