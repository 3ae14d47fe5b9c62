import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Metropolis (random walk)',
  parameters: {
    dt: {
      label: 'Proposal step',
      help: 'Proposed moves have variance 2 kT M Δt. Long moves are mostly rejected; short moves explore slowly.',
    },
  },
};

export default words;
