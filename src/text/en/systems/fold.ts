import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Fold',
  teaches: 'Motion along x hides a barrier in y: x is a misleading collective variable.',
  parameters: {
    barrier: {
      label: 'Barrier',
      help: 'Height of the barrier in y, which cannot be seen along x.',
    },
  },
};

export default words;
