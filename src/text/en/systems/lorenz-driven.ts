import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Lorenz-driven double well',
  teaches:
    'Fast chaos acts like noise: the slow coordinate hops between the wells as if it were driven at random.',
  parameters: {
    epsilon: {
      label: 'Time-scale separation',
      help: 'The Lorenz system runs 1/ε² times faster than the slow coordinate and drives it with strength 1/ε. The time step must shrink like ε².',
    },
    strength: {
      label: 'Driving strength',
      help: 'Strength of the driving by the Lorenz system. For small ε the effective noise amplitude of x is proportional to it.',
    },
    stir: {
      label: 'Added noise',
      help: 'Amplitude of a weak noise on the Lorenz system. Without it, all walkers would follow the same path.',
    },
  },
};

export default words;
