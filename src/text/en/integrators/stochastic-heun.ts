import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Stochastic Heun',
  parameters: {
    dt: {
      label: 'Time step',
      help: 'Length of a time step. Averages have an error of second order in it; each step costs two force evaluations.',
    },
  },
};

export default words;
