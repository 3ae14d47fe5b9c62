import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Euler–Maruyama',
  parameters: {
    dt: {
      label: 'Time step',
      help: 'Length of a time step. Averages have an error of first order in it, and the integration becomes unstable if it is too long.',
    },
  },
};

export default words;
