import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Triple well',
  teaches:
    'Transitions pass through an intermediate state: there are two slow relaxation times, and first-passage times are not exponentially distributed.',
  parameters: {
    barrier: {
      label: 'Barrier',
      help: 'Height of both barriers when all three wells are equally deep.',
    },
    middle: {
      label: 'Middle well',
      help: 'Energy of the middle well. The outer wells have energy zero.',
    },
  },
};

export default words;
