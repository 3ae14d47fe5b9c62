import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Double well',
  teaches:
    'The simplest trap: the mean time to leave a well grows exponentially with the ratio of barrier to temperature.',
  parameters: {
    barrier: {
      label: 'Barrier',
      help: 'Height of the barrier between the wells at x = −1 and x = 1.',
    },
    tilt: {
      label: 'Tilt',
      help: 'Slope b of a linear term added to the energy. It makes one well deeper than the other by about 2b.',
    },
  },
};

export default words;
