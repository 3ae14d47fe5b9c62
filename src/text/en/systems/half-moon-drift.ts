import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Drifting half-moon',
  teaches:
    'The slow coordinate drifts forever. There is no equilibrium, yet fast and slow motion can still be separated.',
  parameters: {
    speed: {
      label: 'Drift velocity',
      help: 'Mean velocity of the hidden slow coordinate.',
    },
    epsilon: {
      label: 'Time-scale separation',
      help: 'Relaxation time of the fast coordinate. Its variance is 1/2 for every ε.',
    },
  },
};

export default words;
