import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'MALA (Metropolis-adjusted Langevin)',
  parameters: {
    dt: {
      label: 'Proposal step',
      help: 'Length of the Langevin step that is proposed. The Metropolis test corrects the error of the step exactly.',
    },
  },
};

export default words;
