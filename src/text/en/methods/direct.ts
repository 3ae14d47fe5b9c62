import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Direct simulation',
  teaches:
    'No bias: walkers stay in the initial well until a thermal fluctuation carries them over the barrier.',
  parameters: {
    walkers: {
      label: 'Walkers',
      help: 'Number of walkers that share the budget. The more walkers there are, the shorter each trajectory is.',
    },
  },
};

export default words;
