import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Entropic bottleneck',
  teaches: 'The potential energy has almost no barrier, but the free energy does: the passage is narrow.',
  parameters: {
    tightness: {
      label: 'Tightness',
      help: 'Stiffness of y in the bottleneck at x = 0. Far from the bottleneck the stiffness is 1.',
    },
    width: {
      label: 'Width',
      help: 'Length of the bottleneck along x.',
    },
  },
};

export default words;
